package caisson.engine.log;

import caisson.base.CaissonException;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.Output.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a log's files from the oldest to the newest. One that does not follow stops where
 * the log ended when it was made, however much is appended meanwhile.
 */
final class JsonLogReader implements LogReader {
  private static final int CHUNK = 1 << 16;

  private final JsonLog log;
  private final LogQuery query;
  private final JsonLog.Place end;
  private int generation;
  private @Nullable FileChannel file;
  private long position;
  private byte[] line = new byte[512];
  private int lineLength;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).limit(0);
  private volatile boolean closed;

  JsonLogReader(JsonLog log, LogQuery query) {
    this.log = log;
    this.query = query;
    this.end = log.endNow();
    try {
      seek();
    } catch (IOException e) {
      throw new CaissonException(
          caisson.base.ErrorCode.INTERNAL, "cannot read the log: " + e.getMessage(), e);
    }
  }

  private void seek() throws IOException {
    int oldest = log.oldestGeneration();
    generation = query.tail().isPresent() ? log.generation() : oldest;
    file = log.openGeneration(generation);
    if (query.tail().isEmpty()) {
      return;
    }
    int wanted = query.tail().getAsInt();
    if (wanted <= 0) {
      position = file.size();
      return;
    }
    var found = LogTail.lastLines(file, file.size(), wanted);
    while (found.lines() < wanted && generation > oldest) {
      wanted -= found.lines();
      file.close();
      generation--;
      file = log.openGeneration(generation);
      found = LogTail.lastLines(file, file.size(), wanted);
    }
    position = found.offset();
  }

  @Override
  public Optional<Entry> next() throws InterruptedException {
    try {
      while (!closed) {
        var decoded = nextLine();
        if (decoded.isEmpty()) {
          return Optional.empty();
        }
        var entry = decoded.get().entry();
        if (query.until().isPresent() && entry.time().isAfter(query.until().get())) {
          return Optional.empty();
        }
        if (wanted(entry)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      if (closed) {
        return Optional.empty();
      }
      throw new CaissonException(
          caisson.base.ErrorCode.INTERNAL, "cannot read the log: " + e.getMessage(), e);
    }
  }

  private boolean wanted(Entry entry) {
    boolean stream = entry.source() == Source.STDOUT ? query.stdout() : query.stderr();
    return stream && query.since().map(since -> !entry.time().isBefore(since)).orElse(true);
  }

  private Optional<LogLine> nextLine() throws IOException, InterruptedException {
    while (true) {
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (lineLength == line.length) {
          line = java.util.Arrays.copyOf(line, line.length * 2);
        }
        line[lineLength++] = next;
        if (next == '\n') {
          int length = lineLength;
          lineLength = 0;
          return Optional.of(LogLine.decode(line, length));
        }
      }
      if (!fill()) {
        return Optional.empty();
      }
    }
  }

  /** Reads on, in the next file if this one is at its end and not the newest. */
  private boolean fill() throws IOException, InterruptedException {
    while (!closed && file != null) {
      int newest = log.generation();
      buffer.clear().limit((int) Math.min(CHUNK, left()));
      int count = file.read(buffer, position);
      buffer.flip();
      if (count > 0) {
        position += count;
        return true;
      }
      buffer.limit(0);
      if (generation < newest) {
        advance();
      } else if (!query.follow() || !log.awaitMore(generation, position, () -> closed)) {
        return false;
      }
    }
    return false;
  }

  /** How many bytes of this file may be read at most: a failed write may leave some behind. */
  private long left() {
    var to = query.follow() ? log.endNow() : end;
    return generation < to.generation() ? CHUNK : fileEnd(to) - position;
  }

  private long fileEnd(JsonLog.Place to) {
    return generation == to.generation() ? to.position() : position;
  }

  private void advance() throws IOException {
    generation = Math.max(generation + 1, log.oldestGeneration());
    var old = file;
    file = log.openGeneration(generation);
    position = 0;
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    log.wakeReaders();
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new CaissonException(
          caisson.base.ErrorCode.INTERNAL, "cannot close the log: " + e.getMessage(), e);
    }
  }
}
