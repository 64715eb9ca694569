package caisson.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The commands with the options that each has, as runc has them. */
enum Command {
  CREATE("no-pivot no-new-keyring", "bundle b console-socket pid-file preserve-fds"),
  RUN(
      "no-pivot no-new-keyring keep detach d no-subreaper",
      "bundle b console-socket pid-file preserve-fds"),
  START("", ""),
  STATE("", ""),
  KILL("all a", ""),
  DELETE("force f", ""),
  EXEC(
      "tty t detach d no-new-privs ignore-paused",
      "console-socket cwd env e user u additional-gids g process p pid-file process-label apparmor cap c preserve-fds cgroup"),
  LIST("quiet q", "format f"),
  PS("", "format f"),
  PAUSE("", ""),
  RESUME("", ""),
  UPDATE(
      "",
      "resources r cpu-period cpu-quota cpu-share cpuset-cpus cpuset-mems memory memory-reservation memory-swap pids-limit"),
  EVENTS("stats", "interval"),
  SPEC("rootless", "bundle b"),
  FEATURES("", "");

  // Names with spaces between them.
  private final String flags;
  private final String valued;

  Command(String flags, String valued) {
    this.flags = flags;
    this.valued = valued;
  }

  /** The one of that name. */
  static Command of(String name) {
    for (Command command : values()) {
      if (command.word().equals(name)) {
        return command;
      }
    }
    throw new RuntimeFailure("No help topic for '" + name + "'");
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what follows its name. */
  Options parse(List<String> words) {
    Options options =
        Options.parse(words, 0, names(flags), names(valued), this == EXEC || this == PS ? 1 : 0);
    Optional<String> kept = options.value("preserve-fds");
    if (kept.isPresent() && !kept.get().equals("0")) {
      throw new RuntimeFailure(
          "--preserve-fds: "
              + kept.get()
              + " descriptors of the host cannot be open in a virtual machine; use a volume or a"
              + " published port");
    }
    return options;
  }

  private static Set<String> names(String text) {
    Set<String> names = new HashSet<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(' ', from);
      end = end < 0 ? text.length() : end;
      names.add(text.substring(from, end));
      from = end + 1;
    }
    return names;
  }
}
