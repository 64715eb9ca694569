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
 * the container's, if they are to be passed on. Who insists gets away: a third signal ends the
 * command line at once.
 *
 * <p>SIGQUIT and SIGUSR2 belong to the Java virtual machine and are not passed on; SIGCHLD, SIGPIPE
 * and SIGURG say something about this process only.
 */
final class RunSignals implements AutoCloseable {
  private static final Map<String, Integer> ENDING = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  /** What a running container may get again and again: many programs read their files anew. */
  private static final String REPEATABLE = "HUP";

  private static final List<String> OTHERS = List.of("USR1", "ALRM", "CONT", "TSTP");
  private static final int BY_SIGNAL = 128;
  private static final int PATIENCE = 2;

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

    record Pulling(ImagePull pull) implements Stage {}

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
    if (insists(name, stage)) {
      giveUp(stage);
    } else {
      heed(name, number);
    }
  }

  private boolean insists(String name, Stage reached) {
    boolean running = reached instanceof Stage.Running;
    boolean mayBeRepeated = running && (name.equals(REPEATABLE) || !policy.proxied());
    return !mayBeRepeated && insistence.incrementAndGet() > PATIENCE;
  }

  /** Holds the stage still: a signal that is let go between two of them would be lost. */
  private synchronized void heed(String name, int number) {
    switch (stage) {
      case Stage.Creating _ -> interrupt(number);
      case Stage.Pulling(var pull) -> {
        interrupt(number);
        pull.breakOff();
      }
      case Stage.Created(var id) -> {
        interrupt(number);
        remove(id);
      }
      case Stage.Running _ when policy.proxied() -> passOn(name);
      case Stage.Running _ -> session.signals().exit(BY_SIGNAL + number);
    }
  }

  private void interrupt(int number) {
    interruption = OptionalInt.of(BY_SIGNAL + number);
  }

  private void giveUp(Stage reached) {
    int count = insistence.get();
    session.console().report("got " + count + " SIGTERM/SIGINTs, forcefully exiting");
    if (policy.removed() && count == PATIENCE + 1 && reached instanceof Stage.Running(var id)) {
      // The end of the container is not to be the command line's own.
      interruption = OptionalInt.of(Command.FAILED);
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

  /** The container's image is being pulled from now on; a signal breaks that off. */
  synchronized void pulling(ImagePull pull) {
    stage = new Stage.Pulling(pull);
    if (interruption.isPresent()) {
      pull.breakOff();
    }
  }

  /** The container exists from now on; if a signal has come before, it goes away again. */
  synchronized void created(String id) {
    stage = new Stage.Created(id);
    if (interruption.isPresent()) {
      remove(id);
      throw interrupted();
    }
  }

  /** The container runs from now on, unless a signal has taken it away. */
  synchronized void started(String id) {
    if (interruption.isPresent()) {
      throw interrupted();
    }
    stage = new Stage.Running(id);
  }

  private static CaissonException interrupted() {
    return new CaissonException(ErrorCode.UNAVAILABLE, "interrupted");
  }

  /** The exit code, if a signal and not the container has ended it all. */
  OptionalInt interruption() {
    return interruption;
  }

  @Override
  public void close() {
    handlings.forEach(Handling::close);
  }
}
