package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.vmm.VmId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Machines that have been killed and are being cleared away. A killed VMM takes some sixty
 * milliseconds to be gone, because the kernel waits for everybody who might still use its network
 * cards; its guest runs no longer from the beginning.
 */
final class Clearance implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private final Map<VmId, Thread> all = new ConcurrentHashMap<>();

  /** Kills {@code machine}; the rest happens by itself. */
  void clear(Machine machine) {
    machine.end().expect();
    machine.vm().kill();
    all.computeIfAbsent(
        machine.vm().id(), id -> Thread.ofPlatform().name("clear-" + id).start(() -> end(machine)));
  }

  private void end(Machine machine) {
    try {
      machine.destroy();
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.ERROR, "a machine is not cleared away: " + e.text());
    } finally {
      all.remove(machine.vm().id());
    }
  }

  /** Those that are not gone yet. */
  Set<VmId> ids() {
    return Set.copyOf(all.keySet());
  }

  /** Waits until all are gone. */
  @Override
  public void close() {
    try {
      for (var thread : all.values()) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
