package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.stream.Attachment;
import caisson.cli.stream.Attachment.End;
import caisson.cli.stream.DetachKeys;
import caisson.cli.stream.ExitWait;
import java.util.ArrayList;

/** {@code start}: starts containers, or one with its streams joined and its exit code. */
public final class Start implements Command {
  private static final Flag<Boolean> ATTACH =
      Flag.toggle("a", "attach", "Attach STDOUT/STDERR and forward signals");
  private static final Flag<String> DETACH_KEYS =
      Flag.text("", "detach-keys", "Override the key sequence for detaching a container");
  private static final Flag<Boolean> INTERACTIVE =
      Flag.toggle("i", "interactive", "Attach container's STDIN");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER [CONTAINER...]",
        "Start one or more stopped containers",
        Arity.atLeast(1),
        ATTACH,
        DETACH_KEYS,
        INTERACTIVE);
  }

  @Override
  public int run(Session session, Invocation call) {
    var keys = DetachKeys.parse(call.get(DETACH_KEYS));
    if (!call.get(ATTACH) && !call.get(INTERACTIVE)) {
      return startAll(session, call);
    }
    if (call.arguments().size() > 1) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "you cannot start and attach multiple containers at once");
    }
    return startAttached(session, call, keys);
  }

  private static int startAll(Session session, Invocation call) {
    var failed = new ArrayList<String>();
    Each.printed(
        session,
        call.arguments(),
        name -> {
          try {
            session.api().post(ContainerTarget.of(name, "start"));
          } catch (CaissonException e) {
            failed.add(name);
            throw e;
          }
        });
    if (!failed.isEmpty()) {
      throw new CaissonException(
          ErrorCode.CONFLICT, "failed to start containers: " + String.join(", ", failed));
    }
    return OK;
  }

  private static int startAttached(Session session, Invocation call, DetachKeys keys) {
    var details = ContainerDetails.of(session, call.first());
    var id = details.id();
    boolean stdin = call.get(INTERACTIVE) && details.openStdin();
    var streams = new StreamChoice(stdin, true, true, details.openStdin(), details.terminal());
    if (stdin && details.terminal()) {
      TerminalCheck.requireKeys(session);
    }
    var mode = new Attachment.Mode(details.terminal(), stdin, keys);
    try (var _ = RunSignals.running(session, id);
        var joined = JoinedStreams.ofContainer(session, id, streams, mode);
        var exit =
            ExitWait.register(session.api(), id, details.removed() ? "removed" : "next-exit")) {
      session.api().post(ContainerTarget.of(id, "start"));
      return joined.pump() == End.DETACHED ? OK : exit.await();
    }
  }
}
