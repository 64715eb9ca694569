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

/** {@code attach}: joins the streams of a container that runs. */
public final class Attach implements Command {
  private static final Flag<String> DETACH_KEYS =
      Flag.text("", "detach-keys", "Override the key sequence for detaching a container");
  private static final Flag<Boolean> NO_STDIN = Flag.toggle("", "no-stdin", "Do not attach STDIN");
  private static final Flag<Boolean> SIG_PROXY =
      Flag.toggle("", "sig-proxy", "Proxy all received signals to the process", true);

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] CONTAINER",
        "Attach local standard input, output, and error streams to a running container",
        Arity.exactly(1),
        DETACH_KEYS,
        NO_STDIN,
        SIG_PROXY);
  }

  @Override
  public int run(Session session, Invocation call) {
    var keys = DetachKeys.parse(call.get(DETACH_KEYS));
    var details = ContainerDetails.of(session, call.first());
    requireRunning(details);
    boolean stdin = !call.get(NO_STDIN) && details.openStdin();
    if (stdin && details.terminal()) {
      TerminalCheck.requireKeys(session);
    }
    var mode = new Attachment.Mode(details.terminal(), stdin, keys);
    if (!call.get(SIG_PROXY) || details.terminal()) {
      return attach(session, details, mode);
    }
    try (var _ = RunSignals.running(session, details.id())) {
      return attach(session, details, mode);
    }
  }

  private static void requireRunning(ContainerDetails details) {
    if (!details.running()) {
      throw new CaissonException(
          ErrorCode.CONFLICT, "cannot attach to a stopped container, start it first");
    }
    if (details.paused()) {
      throw new CaissonException(
          ErrorCode.CONFLICT, "cannot attach to a paused container, unpause it first");
    }
  }

  private static int attach(Session session, ContainerDetails details, Attachment.Mode mode) {
    var streams =
        new StreamChoice(mode.stdin(), true, true, details.openStdin(), details.terminal());
    try (var exit = ExitWait.register(session.api(), details.id(), "not-running");
        var joined = JoinedStreams.ofContainer(session, details.id(), streams, mode)) {
      joined.redraw();
      return joined.pump() == End.DETACHED ? OK : exit.await();
    }
  }
}
