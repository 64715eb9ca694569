package caisson.vmm.agent;

import caisson.base.ByteSize;
import caisson.vmm.GuestAddress;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmShare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A machine of which there is only what an agent's client sees. */
final class FakeVm implements Vm {
  private final VmId id = VmId.random();
  private final Path socket;
  private final CountDownLatch gone = new CountDownLatch(1);
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private Optional<String> end = Optional.empty();
  volatile String console = "";

  FakeVm(Path directory) {
    this.socket = directory.resolve("agent.sock");
  }

  /** The VMM's process ends. */
  void end(String sentence) {
    List<Consumer<String>> told;
    synchronized (listeners) {
      end = Optional.of(sentence);
      told = List.copyOf(listeners);
    }
    gone.countDown();
    told.forEach(listener -> listener.accept(sentence));
  }

  @Override
  public VmId id() {
    return id;
  }

  @Override
  public long pid() {
    return 1;
  }

  @Override
  public Path agentSocket() {
    return socket;
  }

  @Override
  public Path portSocket() {
    return Path.of("/nonexistent");
  }

  @Override
  public Optional<GuestAddress> address() {
    return Optional.empty();
  }

  @Override
  public void assign(List<VmDisk> disks) {}

  @Override
  public void share(List<VmShare> shares) {}

  @Override
  public void unshare(List<String> names) {}

  @Override
  public String consoleTail() {
    return console;
  }

  @Override
  public ByteSize memory() {
    return ByteSize.ofGib(2);
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void onExit(Consumer<String> listener) {
    Optional<String> already;
    synchronized (listeners) {
      listeners.add(listener);
      already = end;
    }
    already.ifPresent(listener);
  }

  @Override
  public boolean awaitExit(Duration timeout) throws InterruptedException {
    return gone.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void kill() {
    end("killed");
  }

  @Override
  public void destroy() {
    end("destroyed");
  }

  @Override
  public void release() {}
}
