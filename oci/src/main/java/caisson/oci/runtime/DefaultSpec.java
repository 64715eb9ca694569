package caisson.oci.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container has unless it asks for something else: Docker's defaults, as far as they make
 * sense for a container in a machine of its own.
 */
public final class DefaultSpec {
  private static final BigInteger OPEN_FILES = BigInteger.valueOf(1024);
  private static final long DEFAULT_SHM = 64L << 20;

  private DefaultSpec() {}

  /** A bundle to begin with: a shell on a terminal, in {@code rootfs}, read-only. */
  public static Spec bundle() {
    var all = new ArrayList<>(namespaces());
    all.add(new Namespace("network", Optional.empty()));
    return new Spec(
        State.VERSION,
        Optional.of(shell()),
        Optional.of(new Root("rootfs", true)),
        Optional.of("caisson"),
        Optional.empty(),
        mounts(),
        Optional.empty(),
        Map.of(),
        Optional.of(
            new LinuxSpec(
                all,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                maskedPaths(),
                readonlyPaths(),
                Optional.empty())));
  }

  private static ProcessSpec shell() {
    var few = List.of("CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE");
    return new ProcessSpec(
        true,
        Optional.empty(),
        "/",
        List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"),
        List.of("sh"),
        List.of(new Rlimit("RLIMIT_NOFILE", OPEN_FILES, OPEN_FILES)),
        Optional.empty(),
        Optional.of(new Capabilities(few, few, List.of(), few, few)),
        true,
        Optional.empty(),
        Optional.empty(),
        new User(0, 0, Optional.empty(), List.of(), Optional.empty()));
  }

  /** The file systems every container has, /dev/shm of 64 MiB among them. */
  public static List<MountSpec> mounts() {
    return mounts(DEFAULT_SHM);
  }

  /** The same with a /dev/shm of so many bytes. */
  public static List<MountSpec> mounts(long shmBytes) {
    return List.of(
        mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"),
        mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid",
            "noexec",
            "newinstance",
            "ptmxmode=0666",
            "mode=0620",
            "gid=5"),
        mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"),
        mount("/sys/fs/cgroup", "cgroup", "cgroup", "ro", "nosuid", "noexec", "nodev"),
        mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"),
        mount(
            "/dev/shm",
            "tmpfs",
            "shm",
            "nosuid",
            "noexec",
            "nodev",
            "mode=1777",
            "size=" + shmBytes));
  }

  private static MountSpec mount(
      String destination, String type, String source, String... options) {
    return new MountSpec(
        destination,
        Optional.of(type),
        Optional.of(source),
        List.of(options),
        List.of(),
        List.of());
  }

  /** The namespaces every container has; the network is the machine's own. */
  public static List<Namespace> namespaces() {
    return List.of("mount", "uts", "ipc", "pid", "cgroup").stream()
        .map(type -> new Namespace(type, Optional.empty()))
        .toList();
  }

  /** The capabilities every container's bounding set has. */
  public static List<String> capabilities() {
    return List.of(
        "CAP_CHOWN",
        "CAP_DAC_OVERRIDE",
        "CAP_FSETID",
        "CAP_FOWNER",
        "CAP_MKNOD",
        "CAP_NET_RAW",
        "CAP_SETGID",
        "CAP_SETUID",
        "CAP_SETFCAP",
        "CAP_SETPCAP",
        "CAP_NET_BIND_SERVICE",
        "CAP_SYS_CHROOT",
        "CAP_KILL",
        "CAP_AUDIT_WRITE");
  }

  /** Files of the kernel that a container does not see. */
  public static List<String> maskedPaths() {
    return List.of(
        "/proc/asound",
        "/proc/acpi",
        "/proc/interrupts",
        "/proc/kcore",
        "/proc/keys",
        "/proc/latency_stats",
        "/proc/timer_list",
        "/proc/timer_stats",
        "/proc/sched_debug",
        "/proc/scsi",
        "/sys/firmware",
        "/sys/devices/virtual/powercap");
  }

  /** Files of the kernel that a container does not write. */
  public static List<String> readonlyPaths() {
    return List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");
  }
}
