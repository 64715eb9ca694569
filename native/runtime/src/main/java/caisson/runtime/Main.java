package caisson.runtime;

import caisson.libc.Clock;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * caisson-runtime: runc's command line for containers in virtual machines. Every command asks the
 * daemon; {@code create}, {@code run} and {@code exec} leave a {@link Monitor} behind.
 */
public final class Main {
  /** Bytes of a document that is read. */
  static final int MAX_JSON = 4 << 20;

  private static final int FAILED = 1;
  private static final String DEFAULT_ROOT = "/run/caisson-runtime";
  private static final String DEFAULT_SOCKET = "/run/caisson/caisson.sock";
  private static final String NAME = "caisson-runtime";

  private static final Set<String> FLAGS =
      Set.of("debug", "systemd-cgroup", "help", "h", "version", "v");
  private static final Set<String> VALUED =
      Set.of("root", "log", "log-format", "rootless", "criu", "host");

  private static final String USAGE =
      """
      caisson-runtime: an OCI runtime that runs each container in a virtual machine of its own

      USAGE: caisson-runtime [global options] command [command options] [arguments...]

      COMMANDS: create start state kill delete run exec list ps pause resume update events spec
                features

      GLOBAL OPTIONS:
        --root DIR          stands for a set of containers (default: /run/caisson-runtime)
        --log FILE          where errors go, too
        --log-format FORM   text or json
        --host unix://PATH  the daemon's socket (default: unix:///run/caisson/caisson.sock)
        --version           print the version
      """;

  private Main() {}

  public static void main(String[] args) {
    Signals.ignore(Signals.SIGPIPE);
    Processes.exit(run(List.of(args)));
  }

  private static int run(List<String> words) {
    Optional<Options> global = Optional.empty();
    try {
      global = Optional.of(global(words));
      return dispatch(global.get());
    } catch (RuntimeFailure | ErrnoException e) {
      fail(global, String.valueOf(e.getMessage()));
      return FAILED;
    }
  }

  /** The global options; the operands begin with the command. */
  static Options global(List<String> words) {
    return Options.parse(words, 0, FLAGS, VALUED, 1);
  }

  private static int dispatch(Options global) {
    if (global.flag("version") || global.flag("v")) {
      print(NAME + " version 0.1.0\nspec: 1.0.2\n");
      return 0;
    }
    if (global.operands().isEmpty() || global.flag("help") || global.flag("h")) {
      print(USAGE);
      return 0;
    }
    Command command = Command.of(global.operands().get(0));
    String root = absolute(global.value("root").orElse(DEFAULT_ROOT));
    return new Commands(new Containers(daemon(global), root)).run(command, rest(global.operands()));
  }

  private static List<String> rest(List<String> words) {
    return new ArrayList<>(words.subList(1, words.size()));
  }

  private static Daemon daemon(Options global) {
    String host = global.value("host").orElse("unix://" + DEFAULT_SOCKET);
    if (!host.startsWith("unix://")) {
      throw new RuntimeFailure("--host: " + host + " is no Unix socket; write unix:///path");
    }
    boolean own = global.value("host").isEmpty();
    String program = Files.readLink("/proc/self/exe");
    String daemon = program.substring(0, program.lastIndexOf('/') + 1) + "caissond";
    return new Daemon(
        host.substring("unix://".length()), own ? Optional.of(daemon) : Optional.empty());
  }

  /** {@code path} as it is from the root of the file system. */
  static String absolute(String path) {
    return path.startsWith("/") ? path : Files.workingDirectory() + "/" + path;
  }

  static void print(String text) {
    Descriptors.writeAll(1, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says what is wrong and does not matter to the command's success. */
  static void warn(String message) {
    Descriptors.writeAll(2, (NAME + ": " + message + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void fail(Optional<Options> global, String message) {
    String log = global.flatMap(options -> options.value("log")).orElse("");
    boolean json = global.flatMap(options -> options.value("log-format")).orElse("").equals("json");
    String time = Time.rfc3339(Clock.nanoseconds(Clock.CLOCK_REALTIME) / 1_000_000_000);
    String line =
        json
            ? "{\"level\":\"error\",\"msg\":"
                + JsonText.quoted(message)
                + ",\"time\":\""
                + time
                + "\"}\n"
            : "time=\"" + time + "\" level=error msg=" + JsonText.quoted(message) + "\n";
    if (!log.isEmpty()) {
      try {
        int flags = Files.O_WRONLY | Files.O_CREAT | Files.O_APPEND;
        Files.write(log, flags, 0644, line.getBytes(StandardCharsets.UTF_8));
      } catch (ErrnoException e) {
        // It is told on standard error, too.
      }
    }
    Descriptors.writeAll(2, (message + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
