package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.PidFd;
import caisson.linux.ProcessIdentity;
import caisson.vmm.VmId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host's processes that belong to machines, told by a mark in their command lines: QEMU's name
 * for its guest, slirp4netns's name for itself, and what caisson-launch is called with.
 */
final class VmProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final String MARK = "guest=";
  private static final Duration DEATH = Duration.ofSeconds(30);

  private final Pattern pattern;

  /** Those of machines in {@code machines}, the directory of machines' directories. */
  VmProcesses(Path machines) {
    pattern = Pattern.compile("(?:.* )?" + MARK + Pattern.quote(machines + "/") + "([0-9a-f]{16})");
  }

  /** A process of the machine {@code vm}. */
  record Found(VmId vm, ProcessIdentity process, String command) {}

  /** What a command line holds that belongs to the machine in {@code directory}. */
  static String mark(VmDirectory directory) {
    return MARK + directory.path();
  }

  List<Found> all() {
    var found = new ArrayList<Found>();
    try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var entry : entries) {
        inspect(entry).ifPresent(found::add);
      }
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot list processes: " + e, e);
    }
    return found;
  }

  /** All processes of {@code vm}. */
  List<ProcessIdentity> of(VmId vm) {
    return all().stream().filter(found -> found.vm().equals(vm)).map(Found::process).toList();
  }

  private Optional<Found> inspect(Path entry) {
    long pid = Long.parseLong(entry.getFileName().toString());
    // The start time is read first: a number that changes hands in between has another one then.
    var process = ProcessIdentity.of(pid);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    var words = words(entry);
    for (var word : words) {
      var match = pattern.matcher(word.replace(",,", ","));
      if (match.matches()) {
        var vm = new VmId(match.group(1));
        return Optional.of(new Found(vm, process.get(), words.getFirst()));
      }
    }
    return Optional.empty();
  }

  private static List<String> words(Path entry) {
    try {
      var line = new String(Files.readAllBytes(entry.resolve("cmdline")), StandardCharsets.UTF_8);
      return List.of(line.split("\0", -1));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** Sends {@code signal} to {@code process}, if it is there. */
  static void send(ProcessIdentity process, int signal) {
    try {
      var held = PidFd.open(process);
      if (held.isPresent()) {
        try (var alive = held.get()) {
          alive.send(signal);
        }
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot signal the process " + process.pid() + ": " + e, e);
    }
  }

  /** Kills {@code process} and waits until it has ended. */
  static void kill(ProcessIdentity process) {
    try {
      var held = PidFd.open(process);
      if (held.isPresent()) {
        try (var alive = held.get()) {
          alive.send(PidFd.SIGKILL);
          if (!alive.awaitEnd(DEATH)) {
            throw new IOException("killed, it has not ended in " + DEATH.toSeconds() + " s");
          }
        }
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot end the process " + process.pid() + ": " + e, e);
    }
  }

  /** Gives {@code process} some time to end by itself. */
  static void awaitEnd(ProcessIdentity process, Duration patience) {
    try {
      var held = PidFd.open(process);
      if (held.isPresent()) {
        try (var alive = held.get()) {
          alive.awaitEnd(patience);
        }
      }
    } catch (IOException e) {
      // It is about to be killed.
    }
  }
}
