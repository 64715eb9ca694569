package caisson.cli.command;

import caisson.cli.flag.Flag;
import caisson.cli.flag.Ulimit;
import caisson.cli.flag.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The flags that describe a container, which {@code run} and {@code create} have in common. */
final class ContainerFlags {
  static final Flag<List<String>> ATTACH =
      Flag.list("a", "attach", "list", "Attach to STDIN, STDOUT or STDERR", Values::stream);
  static final Flag<List<String>> CAP_ADD = Flag.list("", "cap-add", "Add Linux capabilities");
  static final Flag<List<String>> CAP_DROP = Flag.list("", "cap-drop", "Drop Linux capabilities");
  static final Flag<String> CIDFILE =
      Flag.text("", "cidfile", "Write the container ID to the file");
  static final Flag<Long> CPU_SHARES =
      Flag.number("c", "cpu-shares", "CPU shares (relative weight)", 0);
  static final Flag<Long> CPUS = Flag.of("", "cpus", "decimal", "Number of CPUs", 0L, Values::cpus);
  static final Flag<String> CPUSET_CPUS =
      Flag.text("", "cpuset-cpus", "CPUs in which to allow execution (0-3, 0,1)");
  static final Flag<Optional<String>> ENTRYPOINT =
      Flag.optionalText("", "entrypoint", "Overwrite the default ENTRYPOINT of the image");
  static final Flag<List<String>> ENV =
      Flag.list("e", "env", "list", "Set environment variables", Values::variable);
  static final Flag<List<String>> ENV_FILE =
      Flag.list("", "env-file", "Read in a file of environment variables");
  static final Flag<List<String>> EXPOSE =
      Flag.list("", "expose", "Expose a port or a range of ports");
  static final Flag<List<String>> GROUP_ADD =
      Flag.list("", "group-add", "Add additional groups to join");
  static final Flag<String> HOSTNAME = Flag.text("h", "hostname", "Container host name");
  static final Flag<Optional<Boolean>> INIT =
      Flag.choice(
          "", "init", "Run an init inside the container that forwards signals and reaps processes");
  static final Flag<Boolean> INTERACTIVE =
      Flag.toggle("i", "interactive", "Keep STDIN open even if not attached");
  static final Flag<List<String>> LABEL =
      Flag.list("l", "label", "list", "Set meta data on a container", Values::label);
  static final Flag<List<String>> LABEL_FILE =
      Flag.list("", "label-file", "Read in a line delimited file of labels");
  static final Flag<String> LOG_DRIVER =
      Flag.text("", "log-driver", "Logging driver for the container");
  static final Flag<List<String>> LOG_OPT = Flag.list("", "log-opt", "Log driver options");
  static final Flag<Long> MEMORY =
      Flag.of("m", "memory", "bytes", "Memory limit", 0L, Values::size);
  static final Flag<Long> MEMORY_RESERVATION =
      Flag.of("", "memory-reservation", "bytes", "Memory soft limit", 0L, Values::size);
  static final Flag<Long> MEMORY_SWAP =
      Flag.of(
          "",
          "memory-swap",
          "bytes",
          "Swap limit equal to memory plus swap: '-1' to enable unlimited swap",
          0L,
          Values::sizeOrUnlimited);
  static final Flag<List<String>> MOUNT =
      Flag.list(
          "", "mount", "mount", "Attach a filesystem mount to the container", MountFlag::checked);
  static final Flag<String> NAME = Flag.text("", "name", "Assign a name to the container");
  static final Flag<String> NETWORK =
      Flag.text("", "network", "Connect a container to a network (\"bridge\" or \"none\")")
          .formerly("net");
  static final Flag<Long> PIDS_LIMIT =
      Flag.number("", "pids-limit", "Tune container pids limit (set -1 for unlimited)", 0);
  static final Flag<String> PLATFORM =
      Flag.text("", "platform", "Set platform if server is multi-platform capable");
  static final Flag<Boolean> PRIVILEGED =
      Flag.toggle("", "privileged", "Give extended privileges to this container, in its own VM");
  static final Flag<List<String>> PUBLISH =
      Flag.list("p", "publish", "Publish a container's port(s) to the host");
  static final Flag<Boolean> PUBLISH_ALL =
      Flag.toggle("P", "publish-all", "Publish all exposed ports to random ports");
  static final Flag<String> PULL =
      Flag.text(
          "", "pull", "Pull image before running (\"always\", \"missing\", \"never\")", "missing");
  static final Flag<Boolean> QUIET = Flag.toggle("q", "quiet", "Suppress the pull output");
  static final Flag<Boolean> READ_ONLY =
      Flag.toggle("", "read-only", "Mount the container's root filesystem as read only");
  static final Flag<String> RESTART =
      Flag.of(
          "",
          "restart",
          "string",
          "Restart policy to apply when a container exits",
          "",
          RestartFlag::checked);
  static final Flag<Boolean> RM =
      Flag.toggle("", "rm", "Automatically remove the container when it exits");
  static final Flag<List<String>> SECURITY_OPT = Flag.list("", "security-opt", "Security Options");
  static final Flag<Long> SHM_SIZE =
      Flag.of("", "shm-size", "bytes", "Size of /dev/shm", 0L, Values::size);
  static final Flag<String> STOP_SIGNAL =
      Flag.text("", "stop-signal", "Signal to stop the container");
  static final Flag<Optional<Integer>> STOP_TIMEOUT =
      Flag.optionalNumber("", "stop-timeout", "Timeout (in seconds) to stop a container");
  static final Flag<List<String>> STORAGE_OPT =
      Flag.list("", "storage-opt", "Storage driver options for the container");
  static final Flag<List<String>> SYSCTL =
      Flag.list("", "sysctl", "map", "Sysctl options", Values::sysctl);
  static final Flag<List<String>> TMPFS = Flag.list("", "tmpfs", "Mount a tmpfs directory");
  static final Flag<Boolean> TTY = Flag.toggle("t", "tty", "Allocate a pseudo-TTY");
  static final Flag<List<String>> ULIMIT =
      Flag.list("", "ulimit", "ulimit", "Ulimit options", text -> Ulimit.parse(text).written());
  static final Flag<String> USER =
      Flag.text("u", "user", "Username or UID (format: <name|uid>[:<group|gid>])");
  static final Flag<List<String>> VOLUME =
      Flag.list("v", "volume", "list", "Bind mount a volume", VolumeFlag::checked);
  static final Flag<String> WORKDIR =
      Flag.text("w", "workdir", "Working directory inside the container");

  /** All of them. */
  static final List<Flag<?>> ALL =
      Stream.of(own(), HealthFlags.ALL, NameFlags.ALL).flatMap(List::stream).toList();

  private ContainerFlags() {}

  private static List<Flag<?>> own() {
    return List.of(
        ATTACH,
        CAP_ADD,
        CAP_DROP,
        CIDFILE,
        CPU_SHARES,
        CPUS,
        CPUSET_CPUS,
        ENTRYPOINT,
        ENV,
        ENV_FILE,
        EXPOSE,
        GROUP_ADD,
        HOSTNAME,
        INIT,
        INTERACTIVE,
        LABEL,
        LABEL_FILE,
        LOG_DRIVER,
        LOG_OPT,
        MEMORY,
        MEMORY_RESERVATION,
        MEMORY_SWAP,
        MOUNT,
        NAME,
        NETWORK,
        PIDS_LIMIT,
        PLATFORM,
        PRIVILEGED,
        PUBLISH,
        PUBLISH_ALL,
        PULL,
        QUIET,
        READ_ONLY,
        RESTART,
        RM,
        SECURITY_OPT,
        SHM_SIZE,
        STOP_SIGNAL,
        STOP_TIMEOUT,
        STORAGE_OPT,
        SYSCTL,
        TMPFS,
        TTY,
        ULIMIT,
        USER,
        VOLUME,
        WORKDIR);
  }
}
