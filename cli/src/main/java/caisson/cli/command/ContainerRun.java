package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.stream.Attachment;
import caisson.cli.stream.Attachment.End;
import caisson.cli.stream.DetachKeys;
import caisson.cli.stream.ExitWait;
import java.util.Optional;

/**
 * A new container from its creation to its end, or until the user lets go of it.
 *
 * @param removed whether the daemon removes the container when it has ended
 * @param timings told of each step
 */
record ContainerRun(
    Session session,
    StreamChoice streams,
    DetachKeys detachKeys,
    boolean removed,
    RunSignals signals,
    Optional<RunTimings> timings) {
  /** Creates the container and starts it; answers the exit code. */
  int run(NewContainer container, CidFile cidFile) {
    var id = container.create(streams, signals::pulling);
    cidFile.write(id);
    signals.created(id);
    timings.ifPresent(it -> it.ends("create"));
    return streams.attached() ? runAttached(id) : runDetached(id);
  }

  private int runDetached(String id) {
    start(id);
    session.console().print(id);
    return Command.OK;
  }

  private int runAttached(String id) {
    var mode = new Attachment.Mode(streams.terminal(), streams.stdin(), detachKeys);
    try (var joined = JoinedStreams.ofContainer(session, id, streams, mode);
        var exit = ExitWait.register(session.api(), id, removed ? "removed" : "next-exit")) {
      startOrAwaitRemoval(id, exit);
      int code = joined.pump() == End.DETACHED ? Command.OK : exit.await();
      timings.ifPresent(it -> it.ends(removed ? "run, remove" : "run"));
      return code;
    }
  }

  /** A container that did not start is gone when this fails, if it goes away by itself. */
  private void startOrAwaitRemoval(String id, ExitWait exit) {
    try {
      start(id);
    } catch (CaissonException e) {
      if (removed) {
        awaitRemoval(exit);
      }
      throw e;
    }
  }

  private static void awaitRemoval(ExitWait exit) {
    try {
      int _ = exit.await();
    } catch (CaissonException e) {
      // The failed start is what there is to report.
    }
  }

  private void start(String id) {
    session.api().post(ContainerTarget.of(id, "start"));
    signals.started(id);
    timings.ifPresent(it -> it.started(id));
  }
}
