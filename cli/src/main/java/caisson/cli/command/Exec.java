package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.stream.Attachment;
import caisson.cli.stream.Attachment.End;
import caisson.cli.stream.DetachKeys;
import caisson.linux.Terminal;
import java.util.List;
import java.util.Optional;

/** {@code exec}: a further process in a container that runs, with its exit code. */
public final class Exec implements Command {
  private static final Flag<Boolean> DETACH =
      Flag.toggle("d", "detach", "Detached mode: run command in the background");
  private static final Flag<String> DETACH_KEYS =
      Flag.text("", "detach-keys", "Override the key sequence for detaching a container");
  private static final Flag<List<String>> ENV =
      Flag.list("e", "env", "list", "Set environment variables", Values::variable);
  private static final Flag<List<String>> ENV_FILE =
      Flag.list("", "env-file", "Read in a file of environment variables");
  private static final Flag<Boolean> INTERACTIVE =
      Flag.toggle("i", "interactive", "Keep STDIN open even if not attached");
  private static final Flag<Boolean> PRIVILEGED =
      Flag.toggle("", "privileged", "Give extended privileges to the command");
  private static final Flag<Boolean> TTY = Flag.toggle("t", "tty", "Allocate a pseudo-TTY");
  private static final Flag<String> USER =
      Flag.text("u", "user", "Username or UID (format: \"<name|uid>[:<group|gid>]\")");
  private static final Flag<String> WORKDIR =
      Flag.text("w", "workdir", "Working directory inside the container");

  @Override
  public Usage usage() {
    return Usage.wrapping(
        "[OPTIONS] CONTAINER COMMAND [ARG...]",
        "Execute a command in a running container",
        Arity.atLeast(2),
        List.of(DETACH, DETACH_KEYS, ENV, ENV_FILE, INTERACTIVE, PRIVILEGED, TTY, USER, WORKDIR));
  }

  @Override
  public Failure failure(CaissonException e) {
    return new Failure(e.text(), Failure.code(e.text(), FAILED));
  }

  @Override
  public int run(Session session, Invocation call) {
    boolean attached = !call.get(DETACH);
    var mode =
        new Attachment.Mode(
            call.get(TTY),
            attached && call.get(INTERACTIVE),
            DetachKeys.parse(call.get(DETACH_KEYS)));
    // An unknown container is the error to report, even where the terminal is wrong too.
    var details = ContainerDetails.of(session, call.first());
    if (mode.stdin() && mode.terminal()) {
      TerminalCheck.requireKeys(session);
    }
    Optional<Terminal.Size> size =
        mode.terminal() ? session.console().screen().size() : Optional.empty();
    var body = body(session, call, mode, attached, size);
    var exec = session.api().post(ContainerTarget.of(details.id(), "exec"), body).at("Id").text();
    return attached ? start(session, exec, mode, size) : startDetached(session, exec, mode);
  }

  private static Json body(
      Session session,
      Invocation call,
      Attachment.Mode mode,
      boolean attached,
      Optional<Terminal.Size> size) {
    var variables =
        KeyValues.gather(
            call.get(ENV_FILE),
            call.get(ENV),
            name -> Optional.ofNullable(session.environment().get(name)));
    return new JsonObject()
        .with("Cmd", call.rest())
        .with("Env", variables)
        .with("User", call.get(USER))
        .with("WorkingDir", call.get(WORKDIR))
        .with("Privileged", call.get(PRIVILEGED))
        .with("Tty", mode.terminal())
        .with("DetachKeys", mode.detachKeys().text())
        .with("AttachStdin", mode.stdin())
        .with("AttachStdout", attached)
        .with("AttachStderr", attached)
        .with("ConsoleSize", size.map(ContainerBody::consoleSize))
        .build();
  }

  private static int startDetached(Session session, String exec, Attachment.Mode mode) {
    var body = new JsonObject().with("Detach", true).with("Tty", mode.terminal()).build();
    session.api().post(Target.of("exec", exec, "start"), body);
    return OK;
  }

  private static int start(
      Session session, String exec, Attachment.Mode mode, Optional<Terminal.Size> size) {
    var body =
        new JsonObject()
            .with("Detach", false)
            .with("Tty", mode.terminal())
            .with("ConsoleSize", size.map(ContainerBody::consoleSize))
            .build();
    try (var joined = JoinedStreams.ofExec(session, exec, body, mode)) {
      return joined.pump() == End.DETACHED ? OK : exitCode(session, exec);
    }
  }

  private static int exitCode(Session session, String exec) {
    return (int) session.api().get(Target.of("exec", exec, "json")).at("ExitCode").number();
  }
}
