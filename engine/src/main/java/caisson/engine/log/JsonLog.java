package caisson.engine.log;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.LogLimits;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.Output.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A container's log: Docker's json-file form, rotated. The newest file bears the log's name, older
 * ones the name and {@code .1}, {@code .2}, … All methods may be called from any thread.
 *
 * <p>What was handed to {@link #append} is in the file when that returns, and a daemon that starts
 * later learns from {@link #written} how far each stream had come.
 */
public final class JsonLog implements AutoCloseable {
  private final Path path;
  private final LogLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long[] written = new long[Source.values().length];
  private FileChannel channel;
  private long size;
  private int generation;
  private boolean ended;
  private boolean closed;

  private JsonLog(Path path, LogLimits limits, FileChannel channel) {
    this.path = path;
    this.limits = limits;
    this.channel = channel;
  }

  /**
   * Opens the log at {@code path}, creating it when there is none. A last line that a crash cut
   * short is removed.
   */
  public static JsonLog open(Path path, LogLimits limits) {
    var log = openForReading(path, limits);
    try {
      log.channel.truncate(log.size);
      log.channel.position(log.size);
      return log;
    } catch (IOException e) {
      throw failed("open", path, e);
    }
  }

  /** Opens a log that somebody else may be about to append to. */
  public static JsonLog openForReading(Path path, LogLimits limits) {
    try {
      var log = new JsonLog(path, limits, openChannel(path));
      log.findEnd();
      return log;
    } catch (IOException e) {
      throw failed("open", path, e);
    }
  }

  private static FileChannel openChannel(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private void findEnd() throws IOException {
    while (Files.exists(rotated(generation + 1))) {
      generation++;
    }
    var end = LogTail.end(channel);
    size = end.map(LogTail.End::offset).orElse(0L);
    if (end.isEmpty() && generation > 0) {
      try (var previous = FileChannel.open(rotated(1), StandardOpenOption.READ)) {
        end = LogTail.end(previous);
      }
    }
    end.ifPresent(found -> System.arraycopy(found.written(), 0, written, 0, written.length));
  }

  /** How many bytes of {@code source} were ever logged, over all runs of the container. */
  public long written(Source source) {
    lock.lock();
    try {
      return written[source.index()];
    } finally {
      lock.unlock();
    }
  }

  /**
   * Appends output, a line an entry; a last piece without a line feed is an entry of its own. If
   * that fails, {@link #written} tells how much of it is there.
   *
   * @throws CaissonException NO_RESOURCES if the log cannot be written, UNAVAILABLE once it is
   *     closed
   */
  public void append(Source source, byte[] bytes) {
    lock.lock();
    try {
      if (closed) {
        throw new CaissonException(ErrorCode.UNAVAILABLE, "the log " + path + " is closed");
      }
      appendLines(source, bytes);
    } catch (IOException e) {
      throw failed("write", path, e);
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  /** One write for all lines that go into one file: lines may be short, and many. */
  private void appendLines(Source source, byte[] bytes) throws IOException {
    var time = DateTimeFormatter.ISO_INSTANT.format(Instant.now());
    var batch = new ByteArrayOutputStream(bytes.length * 2);
    var reached = written.clone();
    int to;
    for (int from = 0; from < bytes.length; from = to) {
      to = endOfLine(bytes, from);
      var offsets = reached.clone();
      offsets[source.index()] += to - from;
      var line = LogLine.encode(source, bytes, from, to, time, offsets);
      long used = size + batch.size();
      if (used > 0 && used + line.length > limits.fileSize().bytes()) {
        write(batch.toByteArray(), reached);
        batch.reset();
        rotate();
      }
      batch.writeBytes(line);
      reached = offsets;
    }
    write(batch.toByteArray(), reached);
  }

  private static int endOfLine(byte[] bytes, int from) {
    int to = from;
    while (to < bytes.length && bytes[to] != '\n') {
      to++;
    }
    return Math.min(to + 1, bytes.length);
  }

  private void write(byte[] lines, long[] reached) throws IOException {
    var buffer = ByteBuffer.wrap(lines);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      // A full disk must not leave half a line in front of the next one.
      channel.truncate(size);
      channel.position(size);
      throw e;
    }
    size += lines.length;
    System.arraycopy(reached, 0, written, 0, written.length);
  }

  private void rotate() throws IOException {
    var oldest = rotated(limits.files() - 1);
    if (limits.files() > 1) {
      for (int age = limits.files() - 2; age >= 1; age--) {
        if (Files.exists(rotated(age))) {
          Files.move(rotated(age), rotated(age + 1), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.move(path, rotated(1), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(oldest);
    }
    channel.close();
    channel = openChannel(path);
    size = 0;
    generation++;
  }

  private Path rotated(int age) {
    return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
  }

  /** Tells followers that nothing more comes until {@link #resume}. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The container runs again: followers wait for more. */
  public void resume() {
    lock.lock();
    try {
      ended = false;
    } finally {
      lock.unlock();
    }
  }

  /** Reads entries. */
  public LogReader read(LogQuery query) {
    return new JsonLogReader(this, query);
  }

  /** A place in the log: in the file with this number, at this byte. */
  record Place(int generation, long position) {}

  /** Where the log ends now. */
  Place endNow() {
    lock.lock();
    try {
      return new Place(generation, size);
    } finally {
      lock.unlock();
    }
  }

  /** The number of the newest file; older files have smaller numbers. */
  int generation() {
    lock.lock();
    try {
      return generation;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest number for which there may still be a file. */
  int oldestGeneration() {
    return Math.max(0, generation() - limits.files() + 1);
  }

  /** Opens the file of a generation for reading; the newest generation's if that one is gone. */
  FileChannel openGeneration(int wanted) throws IOException {
    lock.lock();
    try {
      var file = rotated(generation - wanted);
      return FileChannel.open(Files.exists(file) ? file : path, StandardOpenOption.READ);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is more than {@code seen} bytes in {@code seenGeneration}, or an end. */
  boolean awaitMore(int seenGeneration, long seen, java.util.function.BooleanSupplier cancelled)
      throws InterruptedException {
    lock.lock();
    try {
      while (!ended && !cancelled.getAsBoolean() && generation == seenGeneration && size <= seen) {
        changed.await();
      }
      return !cancelled.getAsBoolean() && (generation != seenGeneration || size > seen);
    } finally {
      lock.unlock();
    }
  }

  void wakeReaders() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    end();
    lock.lock();
    try {
      closed = true;
      channel.close();
    } catch (IOException e) {
      throw failed("close", path, e);
    } finally {
      lock.unlock();
    }
  }

  static CaissonException failed(String action, Path path, IOException cause) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES,
        "cannot " + action + " the log " + path + ": " + cause.getMessage(),
        cause);
  }
}
