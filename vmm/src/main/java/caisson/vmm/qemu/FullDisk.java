package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.vmm.qmp.QmpConnection;
import caisson.vmm.qmp.QmpEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a machine go on that QEMU has stopped because there is no room on the host for what the guest
 * writes. The guest sees nothing of it but that time passes: QEMU does the write again when it is
 * told to continue, and stops again while there is still no room (QEMU, qapi/block-core.json,
 * BLOCK_IO_ERROR; {@code werror=enospc}).
 */
final class FullDisk implements Consumer<QmpEvent> {
  private static final System.Logger LOG = System.getLogger("caisson.vmm");

  private final String machine;
  private final Duration pause;
  private final AtomicInteger stops = new AtomicInteger();
  private volatile @Nullable QmpConnection qmp;
  private volatile boolean held;

  /**
   * @param machine what the log calls it
   * @param pause between two attempts
   */
  FullDisk(String machine, Duration pause) {
    this.machine = machine;
    this.pause = pause;
  }

  @Override
  public void accept(QmpEvent event) {
    var connection = qmp;
    if (connection != null
        && event.name().equals("BLOCK_IO_ERROR")
        && event.data().path("action").asText().equals("stop")) {
      stopped(connection);
    }
  }

  /** Looks after the machine behind {@code connection} until that is closed. */
  void watch(QmpConnection connection) {
    qmp = connection;
    if (isStopped(connection)) {
      stopped(connection);
    }
  }

  /** Leaves the machine as it is, because somebody wants it to stand still. */
  void hold() {
    held = true;
  }

  /** Has it go on again. */
  void unhold() {
    held = false;
  }

  private static boolean isStopped(QmpConnection connection) {
    return connection.execute("query-status").path("status").asText().equals("io-error");
  }

  private void stopped(QmpConnection connection) {
    if (stops.getAndIncrement() == 0) {
      Thread.ofVirtual().name("full-disk-" + machine).start(() -> keepTrying(connection));
    }
  }

  private void keepTrying(QmpConnection connection) {
    say("stands still: the host has no room for what it writes to its disk; it goes on by itself");
    try {
      int seen;
      do {
        seen = stops.get();
        if (!held && isStopped(connection)) {
          connection.execute("cont");
        }
        Thread.sleep(pause);
        // The event comes before the stop: a count that has changed is a stop not seen yet.
      } while (isStopped(connection) || !stops.compareAndSet(seen, 0));
      say("goes on");
    } catch (CaissonException e) {
      stops.set(0); // it has ended, or its connection has
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String what) {
    LOG.log(System.Logger.Level.WARNING, "the machine " + machine + " " + what);
  }
}
