package caisson.vmm.qemu;

import caisson.guest.protocol.Protocol;
import caisson.launch.spec.ListeningSocket;
import caisson.launch.spec.PassedFile;
import caisson.vmm.VmDisk;
import caisson.vmm.VmSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * QEMU's command line for one machine, with the descriptors that are passed: options whose values
 * are all known (QEMU, qemu-options.hx) and JSON where a value is a text of somebody else's.
 */
final class QemuCommand {
  /**
   * The serial console is where a kernel says why it ends; then it restarts at once by a triple
   * fault, which ends QEMU ({@code -no-reboot}). The check of the timer counts interrupts against
   * loops and panics where the host is too busy to deliver them in time.
   */
  private static final String KERNEL_ARGUMENTS =
      "console=ttyS0 reboot=t panic=-1 quiet no_timer_check";

  /** Translated code is kept in so many MiB: a quarter of this is three times slower. */
  private static final int TCG_BUFFER_MIB = 32;

  private static final String CONSOLE = "console";
  private static final String MEMORY = "memory";

  private final VmSpec spec;
  private final VmDirectory directory;
  private final Boot boot;
  private final Shares shares;
  private final List<String> arguments = new ArrayList<>();
  private final List<PassedFile> files = new ArrayList<>();

  private QemuCommand(VmSpec spec, VmDirectory directory, Boot boot, Shares shares) {
    this.spec = spec;
    this.directory = directory;
    this.boot = boot;
    this.shares = shares;
  }

  static QemuCommand of(
      VmSpec spec, VmDirectory directory, Accelerator accelerator, Boot boot, Shares shares) {
    var command = new QemuCommand(spec, directory, boot, shares);
    command.machine(accelerator);
    command.monitors();
    command.console();
    command.channels();
    command.networks();
    command.disks();
    return command;
  }

  /** The arguments; the first is the program's name. */
  List<String> arguments() {
    return List.copyOf(arguments);
  }

  List<ListeningSocket> sockets() {
    return List.of(
        new ListeningSocket("qmp", VmDirectory.QMP),
        new ListeningSocket("fds", VmDirectory.DESCRIPTORS),
        new ListeningSocket("agent", VmDirectory.AGENT));
  }

  List<PassedFile> files() {
    return List.copyOf(files);
  }

  private void machine(Accelerator accelerator) {
    long mib = spec.memory().mib();
    add("qemu-system-x86_64", "-name", VmProcesses.mark(directory).replace(",", ",,"));
    add("-nodefaults", "-no-user-config", "-nographic", "-no-reboot");
    add("-machine", "microvm,acpi=off,rtc=on,pit=on,memory-backend=ram");
    add("-accel", acceleratorOption(accelerator), "-cpu", cpu(accelerator));
    add("-m", mib + "M", "-smp", String.valueOf(spec.cpus()));
    memory(mib);
    add(
        "-kernel",
        QemuJail.KERNEL,
        "-initrd",
        QemuJail.INITRAMFS,
        "-append",
        kernelArguments(accelerator));
  }

  private void memory(long mib) {
    String size = ",id=ram,reserve=off,size=" + mib + "M";
    switch (boot) {
      case Boot.Cold() -> add("-object", "memory-backend-ram" + size);
      case Boot.Original(var memory) -> add("-object", memoryFile(memory) + ",share=on" + size);
      case Boot.Clone(var memory, var _) ->
          add("-object", memoryFile(memory) + ",share=off" + size, "-incoming", "defer");
    }
  }

  /** QEMU opens it for writing, also where it maps it privately. */
  private String memoryFile(Path memory) {
    files.add(new PassedFile(MEMORY, memory.toString(), PassedFile.Access.READ_WRITE));
    return "memory-backend-file,mem-path=" + QemuJail.PROCESSES + "/self/fd/{fd:" + MEMORY + "}";
  }

  /** What goes wrong in a processor's speculation does not happen where there is none. */
  private static String kernelArguments(Accelerator accelerator) {
    return switch (accelerator) {
      case KVM -> KERNEL_ARGUMENTS;
      case TCG -> KERNEL_ARGUMENTS + " mitigations=off";
    };
  }

  /**
   * Where a CPU says that it is quick with them (ERMS, FSRM), a guest copies and clears memory with
   * byte-wise string instructions, of which software emulation does one byte at a time; without
   * them it takes eight.
   */
  private static String cpu(Accelerator accelerator) {
    return switch (accelerator) {
      case KVM -> "max";
      case TCG -> "max,erms=off,fsrm=off";
    };
  }

  private static String acceleratorOption(Accelerator accelerator) {
    return switch (accelerator) {
      case KVM -> "kvm";
      case TCG -> "tcg,thread=multi,tb-size=" + TCG_BUFFER_MIB;
    };
  }

  private void monitors() {
    for (var monitor : List.of("qmp", "fds")) {
      add("-chardev", socket(monitor), "-mon", "mode=control,chardev=" + monitor);
    }
  }

  private void console() {
    var file = directory.console().path().toString();
    files.add(new PassedFile(CONSOLE, file, PassedFile.Access.APPEND));
    String path = DescriptorSet.passed(files.size()).path();
    addSet(CONSOLE);
    add("-chardev", "file,id=console,append=on,path=" + path, "-serial", "chardev:console");
  }

  private void channels() {
    device(Slot.SERIAL);
    add("-chardev", socket("agent"));
    add("-device", "virtserialport,chardev=agent,name=" + Protocol.PORT);
    device(Slot.SCSI, "id=scsi");
    device(Slot.RNG);
    device(Slot.BALLOON, "free-page-reporting=on");
    add("-fsdev", shares.device());
    device(Slot.SHARES, "fsdev=shares", "mount_tag=shares");
  }

  private void networks() {
    for (int card = 0; card < QemuLaunch.TAPS; card++) {
      add("-netdev", "tap,id=net%1$d,fd={fd:vm%1$d},vhost=off".formatted(card));
      var slot = card == 0 ? Slot.NET0 : Slot.NET1;
      device(slot, "netdev=net" + card, "mac=" + Mac.of(spec.id(), card));
    }
  }

  private void disks() {
    var block = QemuDisk.onBlockSlot(spec.disks());
    add("-blockdev", block.map(this::passed).orElse(QemuDisk.EMPTY_SLOT));
    device(Slot.BLOCK0, "drive=" + QemuDisk.BLOCK_SERIAL, "serial=" + QemuDisk.BLOCK_SERIAL);
    for (var disk : spec.disks()) {
      if (!QemuDisk.isOnBlockSlot(disk)) {
        add("-blockdev", passed(disk));
        if (!isClone()) {
          add("-device", QemuDisk.scsiDevice(disk));
        }
      }
    }
  }

  /** A clone's devices are its template's until it runs; those of its disks come then. */
  private boolean isClone() {
    return boot instanceof Boot.Clone;
  }

  /** Passes the disk's file; answers the block device over it. */
  private String passed(VmDisk disk) {
    var access = disk.readOnly() ? PassedFile.Access.READ : PassedFile.Access.READ_WRITE;
    var name = "disk" + files.size();
    files.add(new PassedFile(name, disk.image().toAbsolutePath().normalize().toString(), access));
    var set = DescriptorSet.passed(files.size());
    addSet(name);
    return QemuDisk.blockDevice(disk, set);
  }

  private void addSet(String file) {
    add("-add-fd", "fd={fd:%s},set=%d".formatted(file, files.size()));
  }

  private void device(Slot slot, String... properties) {
    add("-device", slot.device(properties));
  }

  private static String socket(String name) {
    return "socket,id=%1$s,server=on,wait=off,fd={fd:%1$s}".formatted(name);
  }

  private void add(String... more) {
    arguments.addAll(List.of(more));
  }
}
