package caisson.cli.command;

import caisson.cli.flag.Invocation;
import caisson.cli.json.JsonObject;
import java.util.List;

/**
 * Which of a new container's streams there are, and which the command line joins.
 *
 * @param open whether standard input stays open
 * @param terminal whether the container has a terminal
 */
record StreamChoice(boolean stdin, boolean stdout, boolean stderr, boolean open, boolean terminal) {
  /** What the flags say. */
  static StreamChoice of(Invocation call, boolean detached) {
    boolean open = call.get(ContainerFlags.INTERACTIVE);
    boolean terminal = call.get(ContainerFlags.TTY);
    if (detached) {
      return new StreamChoice(false, false, false, open, terminal);
    }
    List<String> chosen = call.get(ContainerFlags.ATTACH);
    boolean all = chosen.isEmpty();
    return new StreamChoice(
        open || chosen.contains("stdin"),
        all || chosen.contains("stdout"),
        all || chosen.contains("stderr"),
        open,
        terminal);
  }

  /** Whether any stream is joined. */
  boolean attached() {
    return stdin || stdout || stderr;
  }

  void addTo(JsonObject body) {
    body.with("AttachStdin", stdin)
        .with("AttachStdout", stdout)
        .with("AttachStderr", stderr)
        .with("Tty", terminal)
        .with("OpenStdin", open)
        .with("StdinOnce", open && stdin);
  }
}
