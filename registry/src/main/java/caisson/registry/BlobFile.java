package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A file that one thread appends to and others read, each byte as soon as it is there. */
final class BlobFile implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final Path path;
  private final long size;
  private final FileChannel writing;
  private final FileChannel reading;
  private final long found;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, as all that follows. */
  private long length;

  private boolean complete;
  private Optional<CaissonException> failure = Optional.empty();

  private BlobFile(Path path, long size, FileChannel writing, FileChannel reading, long found) {
    this.path = path;
    this.size = size;
    this.writing = writing;
    this.reading = reading;
    this.found = found;
    this.length = found;
  }

  /** Opens a file that may be there already; one that is longer than {@code size} begins anew. */
  static BlobFile open(Path path, long size) {
    try {
      var writing = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (writing.size() > size) {
          writing.truncate(0);
        }
        var reading = FileChannel.open(path, StandardOpenOption.READ);
        return new BlobFile(path, size, writing, reading, writing.size());
      } catch (IOException e) {
        writing.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed("open", path, e);
    }
  }

  private static CaissonException failed(String what, Path path, IOException e) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES, "cannot " + what + " the download " + path + ": " + e, e);
  }

  /** The bytes that were there when it was opened. */
  long found() {
    return found;
  }

  long length() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** Takes bytes of a file. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] bytes, int offset, int count);
  }

  /** Reads what was there when it was opened. */
  void readFound(Sink sink) {
    byte[] buffer = new byte[BUFFER];
    for (long at = 0; at < found; ) {
      int count = readAt(at, buffer, 0, (int) Math.min(BUFFER, found - at));
      sink.accept(buffer, 0, count);
      at += count;
    }
  }

  void append(byte[] bytes, int count) {
    var buffer = ByteBuffer.wrap(bytes, 0, count);
    long at = length();
    try {
      while (buffer.hasRemaining()) {
        at += writing.write(buffer, at);
      }
    } catch (IOException e) {
      throw failed("write", path, e);
    }
    change(() -> length += count);
  }

  /** Says that nothing more will come, and that it is right. */
  void complete() {
    change(() -> complete = true);
  }

  /** Says that nothing more will come. */
  void fail(CaissonException reason) {
    change(() -> failure = Optional.of(reason));
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

  InputStream content() {
    return new Content();
  }

  /** How many bytes behind {@code position} can be read; waits for some, and 0 is the end. */
  private long await(long position) {
    lock.lock();
    try {
      while (length <= position && !complete) {
        if (failure.isPresent()) {
          throw failure.get();
        }
        changed.await();
      }
      return length - position;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(ErrorCode.UNAVAILABLE, "the download was broken off", e);
    } finally {
      lock.unlock();
    }
  }

  private int readAt(long position, byte[] target, int offset, int most) {
    try {
      int count = reading.read(ByteBuffer.wrap(target, offset, most), position);
      if (count <= 0) {
        throw new IOException("it has become shorter");
      }
      return count;
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  private final class Content extends InputStream {
    private long position;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
      if (count == 0) {
        return 0;
      }
      long available = await(position);
      if (available == 0) {
        return -1;
      }
      int read = readAt(position, target, offset, (int) Math.min(available, count));
      position += read;
      return read;
    }

    /** What is still to be read, even if it has to come: decompressors take 0 for the end. */
    @Override
    public int available() {
      return (int) Math.min(size - position, Integer.MAX_VALUE);
    }
  }

  @Override
  public void close() {
    try {
      writing.close();
      reading.close();
    } catch (IOException e) {
      throw failed("close", path, e);
    }
  }
}
