package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.vmm.Vm;
import caisson.vmm.VmId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Machines that run already and wait for a container: clones without disks, whose agents have done
 * once what they will be asked to do, so that it is quick the second time. There are as many as
 * configured of each kind that was asked for lately; none while the host is short of memory.
 */
final class MachinePool implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  /** How long a kind that nobody asks for is kept ready. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  /** Many containers do all they have to do in this time after their start. */
  private static final Duration QUIET = Duration.ofMillis(200);

  /** How long to wait for templates, memory and better times. */
  private static final Duration LATER = Duration.ofSeconds(1);

  private final MachineStarter starter;
  private final Rehearsal rehearsal;
  private final int size;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Kind, Long> demand = new HashMap<>();
  private final List<Machine> ready = new ArrayList<>();
  private final Set<VmId> coming = new HashSet<>();
  private final Thread filler;
  private int starts;
  private long lastStart = System.nanoTime() - QUIET.toNanos();
  private boolean closed;

  /**
   * A pool that fills when it is asked.
   *
   * @param size how many of a kind are kept ready
   */
  MachinePool(MachineStarter starter, Rehearsal rehearsal, int size) {
    this.starter = starter;
    this.rehearsal = rehearsal;
    this.size = size;
    this.filler = Thread.ofPlatform().daemon().name("machine-pool").unstarted(this::fill);
    if (size > 0) {
      filler.start();
    }
  }

  /** While a container starts, and shortly after, nothing is made ready beside it. */
  void startBegins() {
    change(() -> starts++);
  }

  void startEnds() {
    change(() -> {
      starts--;
      lastStart = System.nanoTime();
    });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A machine of {@code kind}, if there is any; it belongs to the caller. What a machine is to see
   * of the host's files it has to be started with: these see nothing.
   *
   * @param claim told its id before the pool forgets it
   */
  Optional<Machine> take(Kind kind, Consumer<VmId> claim) {
    lock.lock();
    try {
      demand.put(kind, System.nanoTime());
      var found = ready.stream().filter(machine -> machine.kind().equals(kind)).findFirst();
      found.ifPresent(machine -> {
        claim.accept(machine.vm().id());
        ready.remove(machine);
      });
      changed.signalAll();
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Machines that wait or are being made ready. */
  Set<VmId> ids() {
    var all = new HashSet<VmId>();
    change(() -> {
      all.addAll(coming);
      ready.forEach(machine -> all.add(machine.vm().id()));
    });
    return all;
  }

  /** Machines that wait. */
  Set<VmId> waiting() {
    var all = new HashSet<VmId>();
    change(() -> ready.forEach(machine -> all.add(machine.vm().id())));
    return all;
  }

  private void fill() {
    try {
      while (true) {
        var kind = next();
        if (kind.isEmpty()) {
          return;
        }
        make(kind.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a kind of which there are too few; empty when the pool is closed. */
  private Optional<Kind> next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        retire();
        var kind = demand.keySet().stream().filter(this::isShort).findFirst();
        long quiet = System.nanoTime() - lastStart;
        if (kind.isPresent() && starts == 0 && quiet >= QUIET.toNanos()) {
          return kind;
        }
        boolean soon = kind.isPresent() && starts == 0;
        changed.awaitNanos(soon ? QUIET.toNanos() - quiet : LATELY.toNanos() / 10);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isShort(Kind kind) {
    return ready.stream().filter(machine -> machine.kind().equals(kind)).count() < size;
  }

  /** Lets go of kinds that nobody has asked for lately. */
  private void retire() {
    long now = System.nanoTime();
    demand.values().removeIf(last -> now - last > LATELY.toNanos());
    var unwanted = ready.stream().filter(machine -> !demand.containsKey(machine.kind())).toList();
    ready.removeAll(unwanted);
    unwanted.forEach(Machine::destroy);
  }

  private void make(Kind kind) throws InterruptedException {
    if (!HostMemory.isPlenty() || !starter.clones(kind)) {
      pause();
      return;
    }
    var id = VmId.random();
    change(() -> coming.add(id));
    try {
      keep(start(id, kind));
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.WARNING, "no machine was made ready: " + e.text());
      pause();
    } finally {
      change(() -> coming.remove(id));
    }
  }

  private void pause() throws InterruptedException {
    lock.lock();
    try {
      long left = LATER.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private Machine start(VmId id, Kind kind) {
    var machine = launch(id, kind);
    try {
      rehearsal.run(machine);
      return machine;
    } catch (RuntimeException e) {
      machine.destroy();
      throw e;
    }
  }

  private Machine launch(VmId id, Kind kind) {
    var spare = rehearsal.spare(id);
    try {
      return starter
          .start(
              id, kind, rehearsal.disks(id), List.of(), vm -> MachineEnd.ofPooled(vm, this::forget))
          .with(spare);
    } catch (RuntimeException e) {
      spare.delete();
      throw e;
    } finally {
      rehearsal.forgetDisk(id);
    }
  }

  private void keep(Machine machine) {
    change(() -> ready.add(machine));
  }

  /** A machine has died; if it waited, nobody else clears away what it had. */
  private void forget(Vm vm) {
    var dead = new ArrayList<Machine>();
    change(() -> {
      ready.stream().filter(machine -> machine.vm().equals(vm)).forEach(dead::add);
      ready.removeAll(dead);
    });
    dead.forEach(Machine::destroy);
  }

  /** Ends all machines that wait. */
  @Override
  public void close() {
    change(() -> closed = true);
    try {
      filler.join(); // what is being made is ready by then, and ends with the others
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var last = new ArrayList<Machine>();
    change(() -> {
      last.addAll(ready);
      ready.clear();
    });
    last.forEach(Machine::destroy);
  }
}
