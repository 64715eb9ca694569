package caisson.engine.bundle;

import caisson.engine.BundleLink;
import caisson.engine.BundleStreams;
import caisson.engine.Output.Source;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.ProcessEvents;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One process's streams on their way to its monitor, which may be away while no daemon is there:
 * output counts as kept when the monitor has written it.
 */
final class Outlet implements ProcessEvents, BundleStreams {
  private final Consumer<End> whenEnded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Source, Long> begun = new EnumMap<>(Source.class);
  private final Map<Source, Long> written = new EnumMap<>(Source.class);
  private Optional<BundleLink> link = Optional.empty();
  private Optional<GuestProcess> process = Optional.empty();
  private Optional<End> end = Optional.empty();
  private boolean abandoned;

  /**
   * @param whenEnded told of the end before the monitor is
   */
  Outlet(Consumer<End> whenEnded) {
    this.whenEnded = whenEnded;
  }

  /** The process that the monitor's input goes to. */
  void of(GuestProcess running) {
    lock.lock();
    try {
      process = Optional.of(running);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A monitor has come, which has written so much. */
  void connect(BundleLink monitor, long stdout, long stderr) {
    lock.lock();
    try {
      link = Optional.of(monitor);
      begun.putIfAbsent(Source.STDOUT, stdout);
      begun.putIfAbsent(Source.STDERR, stderr);
      written.put(Source.STDOUT, stdout);
      written.put(Source.STDERR, stderr);
      changed.signalAll();
      end.ifPresent(over -> tell(monitor, over));
    } finally {
      lock.unlock();
    }
  }

  /** The monitor is dead: nobody wants anything any more. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void output(Source source, byte[] bytes) throws InterruptedException {
    lock.lock();
    try {
      long from = begun.getOrDefault(source, 0L);
      long to = from + bytes.length;
      Optional<BundleLink> told = Optional.empty();
      while (!abandoned && written.getOrDefault(source, 0L) < to) {
        if (link.isPresent() && !link.equals(told)) {
          told = link;
          send(told.get(), source, from, bytes);
        }
        changed.await();
      }
      begun.put(source, to);
    } finally {
      lock.unlock();
    }
  }

  private void send(BundleLink monitor, Source source, long from, byte[] bytes) {
    int known = (int) Math.max(0, written.getOrDefault(source, 0L) - from);
    byte[] rest = new byte[bytes.length - known];
    System.arraycopy(bytes, known, rest, 0, rest.length);
    try {
      monitor.output(source, from + known, rest);
    } catch (IOException e) {
      // Its end is told by whoever reads from it.
    }
  }

  @Override
  public void exited() {}

  @Override
  public void ended(End over) {
    whenEnded.accept(over);
    lock.lock();
    try {
      end = Optional.of(over);
      link.ifPresent(monitor -> tell(monitor, over));
    } finally {
      lock.unlock();
    }
  }

  private static void tell(BundleLink monitor, End over) {
    try {
      monitor.ended(over.code());
    } catch (IOException e) {
      // Told again to the next.
    }
  }

  @Override
  public void written(Source source, long position) {
    lock.lock();
    try {
      written.merge(source, position, Math::max);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(byte[] bytes) throws InterruptedException {
    awaitProcess().write(bytes, 0, bytes.length);
  }

  private GuestProcess awaitProcess() throws InterruptedException {
    lock.lock();
    try {
      while (process.isEmpty()) {
        changed.await();
      }
      return process.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closeStdin() {
    process.ifPresent(GuestProcess::closeStdin);
  }

  @Override
  public void resize(TerminalSize size) {
    process.ifPresent(running -> running.resize(size));
  }

  @Override
  public void signal(Signal signal) {
    process.ifPresent(running -> running.signal(signal));
  }

  @Override
  public void disconnected() {
    lock.lock();
    try {
      link = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
