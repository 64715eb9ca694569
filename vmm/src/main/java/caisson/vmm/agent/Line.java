package caisson.vmm.agent;

import caisson.base.CaissonException;
import caisson.guest.protocol.ProtocolException;
import caisson.vmm.Vm;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps a session connected, from one connection to the next, until one of the two is over. */
final class Line {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** How long the last words of a machine that is gone may take to be read. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Vm vm;
  private final Session session;
  private final Thread thread;
  private Optional<String> exit = Optional.empty();
  private Consumer<CaissonException> onFailure = failure -> {};

  Line(Vm vm, Session session) {
    this.vm = vm;
    this.session = session;
    // A virtual thread is woken for each piece by way of two others.
    this.thread = Thread.ofPlatform().daemon().name("agent-" + vm.id()).unstarted(this::converse);
  }

  void start(Consumer<CaissonException> whenFailed) {
    onFailure = whenFailed;
    thread.start();
    vm.onExit(this::machineGone);
  }

  /** Waits until nothing is read or written any more. */
  void awaitEnd() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse() {
    try {
      var pause = FIRST_PAUSE;
      while (!over()) {
        try {
          Connection.open(vm.agentSocket(), session).run();
          pause = FIRST_PAUSE;
        } catch (IOException e) {
          cannotConnect(e, pause);
          pause = longer(pause);
        }
      }
    } catch (ProtocolException e) {
      session.broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      session.failure().ifPresent(onFailure);
    }
  }

  private static Duration longer(Duration pause) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Whether there is no use in connecting again. */
  private boolean over() {
    try (var _ = session.monitor().hold()) {
      exit.ifPresent(sentence -> session.fail(why(sentence)));
      return session.over();
    }
  }

  private String why(String sentence) {
    var why = LastWords.why(vm, sentence);
    var greeting = session.greeting();
    return greeting.everReplied()
        ? why
        : "its agent did not come up in "
            + greeting.waited().toSeconds()
            + " s, when it ended: "
            + why
            + LastWords.appended(vm);
  }

  private void cannotConnect(IOException reason, Duration pause) throws InterruptedException {
    try (var _ = session.monitor().hold()) {
      session.checkGreeting(
          "cannot connect to its agent's socket " + vm.agentSocket() + ": " + reason.getMessage());
      long left = pause.toNanos();
      while (left > 0 && !session.over() && exit.isEmpty()) {
        left = session.monitor().change().awaitNanos(left);
      }
    }
  }

  private void machineGone(String sentence) {
    try (var _ = session.monitor().hold()) {
      exit = Optional.of(sentence);
      session.monitor().changed();
    }
    Thread.ofVirtual().name("agent-" + vm.id() + "-end").start(this::hangUp);
  }

  private void hangUp() {
    try {
      if (!thread.join(LAST_WORDS)) {
        over();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
