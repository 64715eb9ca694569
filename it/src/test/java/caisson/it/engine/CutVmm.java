package caisson.it.engine;

import caisson.base.ByteSize;
import caisson.vmm.GuestAddress;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmRemains;
import caisson.vmm.VmShare;
import caisson.vmm.VmSpec;
import caisson.vmm.VmTemplates;
import caisson.vmm.Vmm;
import caisson.vmm.VmmStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Real machines to whose agents the way leads through a {@link CutSocket}. */
record CutVmm(Vmm real, Path directory, long seed, int most) implements Vmm {
  @Override
  public Vm start(VmSpec spec) {
    var vm = real.start(spec);
    var socket = new CutSocket(directory.resolve(vm.id().value()), vm.agentSocket(), seed, most);
    vm.onExit(sentence -> socket.close());
    return new CutVm(vm, socket.path());
  }

  @Override
  public boolean clones(VmSpec spec) {
    return real.clones(spec);
  }

  @Override
  public Optional<Vm> adopt(VmId id) {
    return real.adopt(id);
  }

  @Override
  public List<VmRemains> remains(Set<VmId> known) {
    return real.remains(known);
  }

  @Override
  public Set<VmId> strangers(Set<VmId> known) {
    return real.strangers(known);
  }

  @Override
  public void sweep(Set<VmId> known) {
    real.sweep(known);
  }

  @Override
  public VmTemplates templates() {
    return real.templates();
  }

  @Override
  public VmmStatus status() {
    return real.status();
  }

  private record CutVm(Vm real, Path agentSocket) implements Vm {
    @Override
    public VmId id() {
      return real.id();
    }

    @Override
    public long pid() {
      return real.pid();
    }

    @Override
    public Path portSocket() {
      return real.portSocket();
    }

    @Override
    public Optional<GuestAddress> address() {
      return real.address();
    }

    @Override
    public void assign(List<VmDisk> disks) {
      real.assign(disks);
    }

    @Override
    public void share(List<VmShare> shares) {
      real.share(shares);
    }

    @Override
    public void unshare(List<String> names) {
      real.unshare(names);
    }

    @Override
    public String consoleTail() {
      return real.consoleTail();
    }

    @Override
    public ByteSize memory() {
      return real.memory();
    }

    @Override
    public void pause() {
      real.pause();
    }

    @Override
    public void resume() {
      real.resume();
    }

    @Override
    public void onExit(Consumer<String> listener) {
      real.onExit(listener);
    }

    @Override
    public boolean awaitExit(Duration timeout) throws InterruptedException {
      return real.awaitExit(timeout);
    }

    @Override
    public void kill() {
      real.kill();
    }

    @Override
    public void destroy() {
      real.destroy();
    }

    @Override
    public void release() {
      real.release();
    }
  }
}
