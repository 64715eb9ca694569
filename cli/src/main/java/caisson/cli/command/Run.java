package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.stream.DetachKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates a container and starts it. Streams are joined and the wait for its end is registered
 * before it starts, so that not a byte and not even the shortest life is missed.
 */
public final class Run implements Command {
  private static final Flag<Boolean> DETACH =
      Flag.toggle("d", "detach", "Run container in background and print container ID");
  private static final Flag<String> DETACH_KEYS =
      Flag.text("", "detach-keys", "Override the key sequence for detaching a container");
  private static final Flag<Boolean> SIG_PROXY =
      Flag.toggle("", "sig-proxy", "Proxy received signals to the process", true);

  private static final Flag<Boolean> TIMINGS =
      Flag.toggle("", "timings", "Print how long each step took on standard error");

  @Override
  public Usage usage() {
    var flags = new ArrayList<Flag<?>>(ContainerFlags.ALL);
    flags.addAll(List.of(DETACH, DETACH_KEYS, SIG_PROXY, TIMINGS));
    return Usage.wrapping(
        "[OPTIONS] IMAGE [COMMAND] [ARG...]",
        "Create and run a new container from an image",
        Arity.atLeast(1),
        flags);
  }

  @Override
  public Failure failure(CaissonException e) {
    return Failure.ofContainer(e, "run");
  }

  @Override
  public int run(Session session, Invocation call) {
    boolean detached = call.get(DETACH);
    var container = new NewContainer(session, call);
    var keys = DetachKeys.parse(call.get(DETACH_KEYS));
    var streams = StreamChoice.of(call, detached);
    check(session, call, streams);
    var policy =
        new RunSignals.Policy(!detached && call.get(SIG_PROXY), call.get(ContainerFlags.RM));
    try (var signals = RunSignals.beforeCreate(session, policy);
        var cidFile = CidFile.create(call.get(ContainerFlags.CIDFILE))) {
      var timings =
          call.get(TIMINGS) ? Optional.of(new RunTimings(session)) : Optional.<RunTimings>empty();
      var run = new ContainerRun(session, streams, keys, policy.removed(), signals, timings);
      int code = complete(run, container, cidFile, signals);
      timings.ifPresent(RunTimings::report);
      return code;
    }
  }

  private static void check(Session session, Invocation call, StreamChoice streams) {
    if (call.get(DETACH) && !call.get(ContainerFlags.ATTACH).isEmpty()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "conflicting options: cannot specify both --attach and --detach");
    }
    if (streams.stdin() && streams.terminal()) {
      TerminalCheck.requireKeys(session);
    }
  }

  private static int complete(
      ContainerRun run, NewContainer container, CidFile cidFile, RunSignals signals) {
    try {
      int code = run.run(container, cidFile);
      return signals.interruption().orElse(code);
    } catch (CaissonException e) {
      return signals.interruption().orElseThrow(() -> e);
    } finally {
      if (signals.interruption().isPresent()) {
        cidFile.forget();
      }
    }
  }
}
