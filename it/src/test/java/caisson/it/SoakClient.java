package caisson.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * One of several who use a daemon that is killed now and then. It makes a container, does something
 * with it and removes it, again and again. A command may fail only while the daemon is away;
 * whatever it was, what was acknowledged before must still be so afterwards.
 */
final class SoakClient {
  private static final String LINES = "while :; do echo line; sleep 0.2; done";
  private static final String NOT_RUNNING = "is not running";

  private final String name;
  private final Cli caisson;
  private final RandomGenerator random;
  private final IntSupplier deaths;
  private final Runnable awaitDaemon;
  private int containers;

  /**
   * A client.
   *
   * @param deaths how often the daemon was killed
   * @param awaitDaemon waits while there is none; it is counted as killed before it is
   */
  SoakClient(
      String name, Cli caisson, RandomGenerator random, IntSupplier deaths, Runnable awaitDaemon) {
    this.name = name;
    this.caisson = caisson;
    this.random = random;
    this.deaths = deaths;
    this.awaitDaemon = awaitDaemon;
  }

  /** How many containers it has had. */
  int containers() {
    return containers;
  }

  /** The life of one container. */
  void useOne() {
    var container = name + "-" + containers++;
    boolean started = start(container);
    if (started) {
      for (int left = random.nextInt(3); left > 0; left--) {
        var said = attempt(false, NOT_RUNNING, "exec", container, "echo", "there");
        if (!said.out().equals("there")) {
          throw new AssertionError("exec in " + container + ": " + said);
        }
      }
      end(container);
    }
    attempt(!started, "No such container", "rm", "-f", "-v", container);
  }

  /** Whether the daemon has acknowledged the container; else it may be there or not. */
  private boolean start(String container) {
    var words = new ArrayList<>(List.of("run", "-d", "--name", container));
    words.addAll(random.nextBoolean() ? List.of("-v", "/data") : List.of());
    words.addAll(List.of(TestImage.NAME, "sh", "-c", LINES));
    return run(Optional.empty(), words.toArray(String[]::new)).isPresent();
  }

  private void end(String container) {
    switch (random.nextInt(3)) {
      case 0 -> attempt(false, NOT_RUNNING, "stop", "-t", "1", container);
      case 1 -> attempt(false, NOT_RUNNING, "kill", container);
      default -> {}
    }
  }

  /**
   * Runs a command until a daemon has done it.
   *
   * @param perhaps whether it may have been done already
   * @param done what it says if it has
   */
  private Result attempt(boolean perhaps, String done, String... words) {
    var result = run(perhaps ? Optional.of(done) : Optional.empty(), words);
    while (result.isEmpty()) {
      result = run(Optional.of(done), words);
    }
    return result.get();
  }

  /** Runs a command; nothing if the daemon was killed meanwhile and the command has failed. */
  private Optional<Result> run(Optional<String> done, String... words) {
    int before = deaths.getAsInt();
    awaitDaemon.run();
    var result = caisson.run(words);
    if (result.code() == 0 || done.filter(result.err()::contains).isPresent()) {
      return Optional.of(result);
    }
    if (deaths.getAsInt() == before) {
      throw new AssertionError(
          "the daemon was there, and " + List.of(words) + " failed: " + result);
    }
    return Optional.empty();
  }
}
