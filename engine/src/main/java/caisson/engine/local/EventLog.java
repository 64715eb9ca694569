package caisson.engine.local;

import caisson.engine.Event;
import caisson.engine.EventReader;
import caisson.engine.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/** Hands events to subscribers and remembers the last few, as Docker's daemon does. */
final class EventLog implements Events {
  private static final int REMEMBERED = 256;
  private static final int BACKLOG = 4096;

  private final Deque<Event> recent = new ArrayDeque<>();
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

  void publish(Event event) {
    synchronized (recent) {
      if (recent.size() == REMEMBERED) {
        recent.removeFirst();
      }
      recent.addLast(event);
      readers.forEach(reader -> reader.add(event));
    }
  }

  @Override
  public EventReader subscribe(Optional<Instant> since) {
    var reader = new Reader();
    synchronized (recent) {
      since.ifPresent(
          from -> recent.stream().filter(e -> !e.time().isBefore(from)).forEach(reader::add));
      readers.add(reader);
    }
    return reader;
  }

  private final class Reader implements EventReader {
    private final LinkedBlockingDeque<Event> queue = new LinkedBlockingDeque<>(BACKLOG);

    void add(Event event) {
      while (!queue.offerLast(event)) {
        queue.pollFirst();
      }
    }

    @Override
    public Optional<Event> next(Duration timeout) throws InterruptedException {
      return Optional.ofNullable(queue.pollFirst(timeout.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
      readers.remove(this);
    }
  }
}
