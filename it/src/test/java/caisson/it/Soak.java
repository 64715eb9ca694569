package caisson.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Four clients start, exec into, stop and remove containers at random while the daemon is killed
 * again and again. At the end there must not be more of anything than at the start. See {@code
 * it/soak}, which runs it where there are no other processes.
 */
final class Soak {
  private static final int CLIENTS = 4;
  private static final int POOL = 2;
  private static final Duration KILL_EVERY = Duration.ofMinutes(1);

  /** Everything is used and killed once before anything is counted. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** How long what was there for the last container may take to go. */
  private static final Duration SETTLE = Duration.ofMinutes(1);

  /** The heap of a JVM grows until it is collected, so its resident size comes and goes. */
  private static final long MEMORY_TOLERANCE_KIB = 32 << 10;

  private final Daemon daemon;
  private final long seed;
  private final AtomicInteger deaths = new AtomicInteger();

  private Soak(Daemon daemon, long seed) {
    this.daemon = daemon;
    this.seed = seed;
  }

  /** Takes how many seconds it lasts, and the seed of what happens by chance. */
  public static void main(String[] arguments) throws Exception {
    var length = Duration.ofSeconds(Long.parseLong(arguments[0]));
    long seed = Long.parseLong(arguments[1]);
    System.out.printf("%d s, seed %d%n", length.toSeconds(), seed);
    try (var daemon = Daemon.startConfigured("pool = " + POOL)) {
      TestImage.load(daemon.cli());
      daemon.awaitTemplate();
      new Soak(daemon, seed).run(length);
    }
  }

  private void run(Duration length) throws Exception {
    use(WARM_UP, "warm-up");
    kill();
    use(WARM_UP, "again");
    awaitPool();
    var before = inventory();
    long memoryBefore = residentKib();
    use(length, "client");
    awaitPool();
    var differences = settle(before);
    long memoryAfter = residentKib();
    System.out.printf(
        "the daemon's memory: %d KiB before, %d KiB after%n", memoryBefore, memoryAfter);
    if (memoryAfter > memoryBefore + MEMORY_TOLERANCE_KIB) {
      differences.add("memory has grown by more than " + MEMORY_TOLERANCE_KIB + " KiB");
    }
    if (!differences.isEmpty()) {
      throw new AssertionError("what is not as it was:\n" + String.join("\n", differences));
    }
  }

  /** Lets clients work for so long. */
  private void use(Duration length, String name) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    int deathsBefore = deaths.get();
    var clients = new ArrayList<SoakClient>();
    var ends = new CopyOnWriteArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        var random = new Random(seed + i);
        var client = new SoakClient(name + i, daemon.cli(), random, deaths::get, this::awaitDaemon);
        clients.add(client);
        ends.add(
            threads.submit(() -> {
              while (System.nanoTime() < end && !failed(ends)) {
                client.useOne();
              }
            }));
      }
      killUntil(end, ends);
    }
    demandSuccess(ends);
    System.out.printf(
        "%s: %d containers, daemon killed %d times%n",
        name, clients.stream().mapToInt(SoakClient::containers).sum(), deaths.get() - deathsBefore);
  }

  private void killUntil(long end, List<Future<?>> ends) throws InterruptedException {
    while (end - System.nanoTime() > KILL_EVERY.toNanos() && !failed(ends)) {
      TimeUnit.NANOSECONDS.sleep(KILL_EVERY.toNanos());
      kill();
    }
  }

  private static boolean failed(List<Future<?>> ends) {
    return ends.stream().anyMatch(each -> each.state() == Future.State.FAILED);
  }

  private static void demandSuccess(List<Future<?>> ends) throws InterruptedException {
    for (var each : ends) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a client has failed", e.getCause());
      }
    }
  }

  private synchronized void kill() {
    deaths.incrementAndGet();
    daemon.kill();
    daemon.startAgain();
  }

  /** Returns when nobody is in {@link #kill}. */
  private synchronized void awaitDaemon() {}

  /** Waits until machines wait for containers, and nothing else runs. */
  private void awaitPool() throws InterruptedException {
    long end = System.nanoTime() + SETTLE.toNanos();
    while (daemon.machines().stream().filter(each -> each.contains("qemu-system")).count()
        != POOL) {
      if (System.nanoTime() > end) {
        throw new AssertionError("there are not " + POOL + " machines: " + daemon.machines());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** What there is once it does not change any more. */
  private HostInventory inventory() throws InterruptedException {
    long end = System.nanoTime() + SETTLE.toNanos();
    while (true) {
      var inventory = HostInventory.of(daemon);
      TimeUnit.SECONDS.sleep(3);
      if (inventory.equals(HostInventory.of(daemon)) || System.nanoTime() > end) {
        return inventory;
      }
    }
  }

  private List<String> settle(HostInventory before) throws InterruptedException {
    long end = System.nanoTime() + SETTLE.toNanos();
    var differences = before.differences(HostInventory.of(daemon));
    while (!differences.isEmpty() && System.nanoTime() < end) {
      TimeUnit.SECONDS.sleep(1);
      differences = before.differences(HostInventory.of(daemon));
    }
    return new ArrayList<>(differences);
  }

  /** See proc(5), status. */
  private long residentKib() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + daemon.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }
}
