package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.console.Signals.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the signals mean that come while a container is brought up and runs. Until it runs, a signal
 * that ends programs takes it away again, so that nothing is left behind; from then on signals are
 * the container's, if they are to be passed on. Who insists gets away: a second signal before the
 * start and a third one after it end the command line at once.
 *
 * <p>SIGQUIT and SIGUSR2 belong to the Java virtual machine and are not passed on; SIGCHLD, SIGPIPE
 * and SIGURG say something about this process only.
 */
final class RunSignals implements AutoCloseable {
  private static final Map<String, Integer> ENDING = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  /** What a running container is told by it ends nothing: many programs read their files anew. */
  private static final String NO_INSISTENCE = "HUP";

  private static final List<String> OTHERS = List.of("USR1", "ALRM", "CONT", "TSTP");
  private static final int BY_SIGNAL = 128;
  private static final int PATIENCE_RUNNING = 2;

  private final Session session;
  private final Policy policy;
  private final List<Handling> handlings = new ArrayList<>();
  private final AtomicInteger insistence = new AtomicInteger();
  private volatile Stage stage;
  private volatile OptionalInt interruption = OptionalInt.empty();

  /**
   * What is to be done.
   *
   * @param proxied whether signals are passed on to the running container
   * @param removed whether the container goes away with its process, so that whoever insists takes
   *     it away
   */
  record Policy(boolean proxied, boolean removed) {}

  /** How far the container is. */
  private sealed interface Stage {
    record Creating() implements Stage {}

    record Created(String id) implements Stage {}

    record Running(String id) implements Stage {}
  }

  private RunSignals(Session session, Policy policy, Stage stage) {
    this.session = session;
    this.policy = policy;
    this.stage = stage;
  }

  /** Begins with a container that does not exist yet. */
  static RunSignals beforeCreate(Session session, Policy policy) {
    return new RunSignals(session, policy, new Stage.Creating()).install();
  }

  /** Begins with a container that runs or is about to; signals are passed on to it. */
  static RunSignals running(Session session, String id) {
    return new RunSignals(session, new Policy(true, false), new Stage.Running(id)).install();
  }

  private RunSignals install() {
    ENDING.forEach((name, number) -> handle(name, () -> end(name, number)));
    if (policy.proxied()) {
      OTHERS.forEach(name -> handle(name, () -> passOn(name)));
    }
    return this;
  }

  private void handle(String name, Runnable action) {
    handlings.add(session.signals().handle(name, action));
  }

  private void end(String name, int number) {
    if (stage instanceof Stage.Running(var id) && policy.proxied()) {
      endRunning(name, id);
    } else if (stage instanceof Stage.Running || insistence.incrementAndGet() > 1) {
      session.signals().exit(BY_SIGNAL + number);
    } else {
      interrupt(BY_SIGNAL + number);
    }
  }

  private void endRunning(String name, String id) {
    int count = name.equals(NO_INSISTENCE) ? 0 : insistence.incrementAndGet();
    if (count > PATIENCE_RUNNING) {
      giveUp(count, id);
    } else {
      passOn(name);
    }
  }

  private synchronized void interrupt(int code) {
    interruption = OptionalInt.of(code);
    if (stage instanceof Stage.Created(var id)) {
      remove(id);
    }
  }

  private void giveUp(int count, String id) {
    session.console().report("got " + count + " SIGTERM/SIGINTs, forcefully exiting");
    if (policy.removed() && count == PATIENCE_RUNNING + 1) {
      remove(id);
    }
    session.signals().exit(Command.FAILED);
  }

  private synchronized void passOn(String name) {
    if (stage instanceof Stage.Running(var id)) {
      ignoringRefusal(
          () -> session.api().post(ContainerTarget.of(id, "kill").with("signal", "SIG" + name)));
    }
  }

  private void remove(String id) {
    ignoringRefusal(() -> session.api().delete(Target.of("containers", id).with("force", true)));
  }

  /** A container that has just ended takes no signal, and one that is gone need not be removed. */
  private static void ignoringRefusal(Runnable request) {
    try {
      request.run();
    } catch (CaissonException e) {
      // There is nobody to tell: the command's own end says what became of the container.
    }
  }

  /** The container exists from now on; if a signal has come before, it goes away again. */
  synchronized void created(String id) {
    stage = new Stage.Created(id);
    if (interruption.isPresent()) {
      remove(id);
      throw new CaissonException(ErrorCode.UNAVAILABLE, "interrupted");
    }
  }

  /** The container runs from now on. */
  synchronized void started(String id) {
    if (interruption.isEmpty()) {
      insistence.set(0);
      stage = new Stage.Running(id);
    }
  }

  /** The exit code, if a signal has ended it all before the container ran. */
  OptionalInt interruption() {
    return interruption;
  }

  @Override
  public void close() {
    handlings.forEach(Handling::close);
  }
}
