package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.ProcessSetup.CapabilitySets;
import caisson.guest.protocol.Stream;
import caisson.oci.runtime.DefaultSpec;
import caisson.oci.runtime.MountSpec;
import caisson.oci.seccomp.DefaultProfile;
import caisson.oci.seccomp.SeccompCompiler;
import caisson.rootfs.WritableDisk;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.agent.ProcessEnd;
import caisson.vmm.agent.ProcessListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A container that does nothing, made and deleted like every other: under software emulation what a
 * guest does for the first time takes several times as long as when it does it again.
 *
 * @param cache where its disks are
 * @param image of {@link RehearsalImage}
 * @param identity what a guest is given before its first process
 */
record Rehearsal(Path cache, Path image, Function<Vm, Command.Configure> identity) {
  private static final String ID = "rehearsal";

  /**
   * Not the block slot's: what a guest has read from there it remembers, and the first layer of the
   * container that comes later would look damaged to it.
   */
  private static final String SERIAL = "rehearsal";

  private static final String WRITABLE = "rehearsal-writable";
  private static final String DISK = "rehearsal-";
  private static final String SPARE = "rehearsal-spare-";
  private static final String EXTENSION = ".ext4";
  private static final ContainerSetup.File GENERATED =
      new ContainerSetup.File("/etc/hosts", new byte[0], 0644);

  /** That container's first process is number one. */
  private static final int NUMBER = ContainerTranslation.INIT + 1;

  private static final int NO_UMASK = -1;
  private static final byte[] FILTER =
      SeccompCompiler.compile(
          DefaultProfile.forCapabilities(Set.copyOf(DefaultSpec.capabilities())));

  /** With disks in {@code cache}; what a daemon that was killed has left there goes. */
  static Rehearsal in(Path cache, Function<Vm, Command.Configure> identity) {
    var rehearsal = new Rehearsal(cache, RehearsalImage.in(cache), identity);
    try (var left = Files.newDirectoryStream(cache, DISK + "*" + EXTENSION)) {
      for (var disk : left) {
        Files.delete(disk);
      }
      return rehearsal;
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.NO_RESOURCES, "cannot clear " + cache + ": " + e, e);
    }
  }

  /** What the machine {@code id} is started with. */
  List<VmDisk> disks(VmId id) {
    WritableDisk.createAnother(writable(id));
    WritableDisk.createAnother(spare(id).file());
    return List.of(
        new VmDisk(SERIAL, image, true),
        new VmDisk(WRITABLE, writable(id), false),
        new VmDisk(VmSandboxes.WRITABLE, spare(id).file(), false));
  }

  /** The one of its disks that its container will have. */
  SpareDisk spare(VmId id) {
    return new SpareDisk(cache.resolve(SPARE + id + EXTENSION));
  }

  private Path writable(VmId id) {
    return cache.resolve(DISK + id + EXTENSION);
  }

  /** The machine has its own disk open, or never will: the file is needed no longer. */
  void forgetDisk(VmId id) {
    try {
      Files.deleteIfExists(writable(id));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot delete " + writable(id) + ": " + e, e);
    }
  }

  /**
   * Makes the container, waits for its end and deletes it; then mounts the disk of the next one.
   *
   * @throws CaissonException VM_FAILED if it does not go as it should
   */
  void run(Machine machine) {
    var end = new End();
    var agent = machine.agent();
    agent.configureAndCreate(identity.apply(machine.vm()), container(), end);
    end.await();
    agent.deleteContainer(ID);
    agent.mountDisk(VmSandboxes.WRITABLE);
  }

  private static ContainerSetup container() {
    return new ContainerSetup(
        ID,
        List.of(SERIAL),
        WRITABLE,
        false,
        ID,
        "",
        ContainerTranslation.namespaces(DefaultSpec.namespaces()),
        "",
        DefaultSpec.mounts().stream().map(Rehearsal::mount).toList(),
        List.of(),
        DefaultSpec.maskedPaths(),
        DefaultSpec.readonlyPaths(),
        List.of(),
        LimitsSetup.NONE,
        List.of(GENERATED),
        List.of(),
        false,
        NUMBER,
        process(),
        true);
  }

  private static ContainerSetup.Mount mount(MountSpec mount) {
    return new ContainerSetup.Mount(
        mount.destination(), mount.type().orElse(""), mount.source().orElse(""), mount.options());
  }

  private static ProcessSetup process() {
    return new ProcessSetup(
        false,
        0,
        0,
        false,
        List.of("/" + RehearsalImage.PROGRAM),
        List.of(),
        "/",
        "",
        List.of(),
        NO_UMASK,
        new CapabilitySets(0, 0, 0, 0, 0),
        true,
        FILTER,
        List.of(),
        ProcessSetup.UNSET);
  }

  /** The end of the container's process. */
  private static final class End implements ProcessListener {
    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<ProcessEnd> come = new CompletableFuture<>();

    @Override
    public void output(Stream stream, byte[] bytes) {}

    @Override
    public void exited() {}

    @Override
    public void ended(ProcessEnd end) {
      come.complete(end);
    }

    void await() {
      try {
        var end = come.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!end.equals(new ProcessEnd.Exited(0, 0, false))) {
          throw failure("ended with " + end);
        }
      } catch (TimeoutException | ExecutionException e) {
        throw failure("has not ended in " + PATIENCE_SECONDS + " s");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure("was interrupted");
      }
    }

    private static CaissonException failure(String what) {
      return new CaissonException(ErrorCode.VM_FAILED, "the rehearsal " + what);
    }
  }
}
