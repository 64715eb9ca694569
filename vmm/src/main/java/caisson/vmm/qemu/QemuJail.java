package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.launch.spec.Bind;
import caisson.launch.spec.Jail;
import caisson.launch.spec.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What QEMU sees of the host's files: its program and its data, the libraries, the guest's kernel
 * and initramfs, and what it shares with the guest. Disks, sockets, logs and taps it gets as
 * descriptors.
 */
final class QemuJail {
  static final String KERNEL = "/vm/kernel";
  static final String INITRAMFS = "/vm/initramfs";

  /** Where a machine sees its own process that shares files or whose memory is a file. */
  static final String PROCESSES = "/vm/proc";

  private static final Link OWN_PROCESS = new Link("/proc/self", PROCESSES + "/self");

  private static final List<String> LIBRARIES =
      List.of("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib");

  /** Firmware; what lies there links to each other. */
  private static final List<String> DATA = List.of("/usr/share/qemu", "/usr/share/seabios");

  /** Where the loader looks up libraries; missing with other loaders than glibc's. */
  private static final String LOADER_CACHE = "/etc/ld.so.cache";

  /** QEMU reads it before it maps memory that is not counted whole. */
  private static final String OVERCOMMIT = "/proc/sys/vm/overcommit_memory";

  private final List<Bind> binds = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private QemuJail() {}

  static Jail of(QemuConfig config, Accelerator accelerator, Boot boot, Shares shares) {
    return new QemuJail().build(config, accelerator, boot, shares);
  }

  private Jail build(QemuConfig config, Accelerator accelerator, Boot boot, Shares shares) {
    try {
      for (var directory : LIBRARIES) {
        addLibraries(Path.of(directory));
      }
      for (var directory : DATA) {
        addIfThere(directory, Bind.Kind.DATA);
      }
      addIfThere(LOADER_CACHE, Bind.Kind.DATA);
      addIfThere(OVERCOMMIT, Bind.Kind.DATA);
      add(config.qemu(), config.qemu().toString(), Bind.Kind.PROGRAMS);
      add(config.kernel(), KERNEL, Bind.Kind.DATA);
      add(config.initramfs(), INITRAMFS, Bind.Kind.DATA);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED, "cannot find what QEMU needs to see: " + e, e);
    }
    if (accelerator == Accelerator.KVM) {
      binds.add(new Bind("/dev/kvm", "/dev/kvm", Bind.Kind.DEVICE));
    }
    addShares(shares);
    return new Jail(binds, links, List.of(Shares.DIRECTORY), processes(boot, shares));
  }

  /** QEMU's 9p server changes what it has open by way of /proc/self/fd. */
  private void addShares(Shares shares) {
    binds.addAll(shares.binds());
    if (!shares.all().isEmpty()) {
      links.add(OWN_PROCESS);
    }
  }

  /** QEMU opens the file of its memory by a path, which only /proc gives one without a name. */
  private static String processes(Boot boot, Shares shares) {
    return switch (boot) {
      case Boot.Cold _ -> shares.all().isEmpty() ? "" : PROCESSES;
      case Boot.Original _, Boot.Clone _ -> PROCESSES;
    };
  }

  /** A link, as where /lib leads to /usr/lib, stays one. */
  private void addLibraries(Path directory) throws IOException {
    if (Files.isSymbolicLink(directory)) {
      links.add(new Link(directory.toString(), Files.readSymbolicLink(directory).toString()));
    } else {
      addIfThere(directory.toString(), Bind.Kind.PROGRAMS);
    }
  }

  private void addIfThere(String path, Bind.Kind kind) {
    if (Files.exists(Path.of(path))) {
      binds.add(new Bind(path, path, kind));
    }
  }

  private void add(Path source, String target, Bind.Kind kind) throws IOException {
    binds.add(new Bind(source.toRealPath().toString(), target, kind));
  }
}
