package caisson.images;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes one request may unpack, in all its streams together. A few kilobytes can unpack to
 * petabytes; the budget stops them before the disk is full.
 */
final class ByteBudget {
  private final ByteSize total;
  private final AtomicLong left;

  ByteBudget(ByteSize total) {
    this.total = total;
    this.left = new AtomicLong(total.bytes());
  }

  /** {@code source}, whose bytes are charged to this budget as they are read. */
  InputStream charge(InputStream source) {
    return new Charged(source);
  }

  /** Writes a layer's archive, whose bytes are charged to this budget, to a file. */
  void write(LayerSource layer, Path file) {
    try (var to = new ChargedOutput(Files.newOutputStream(file))) {
      layer.writeTo(to);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot write the layer to " + file + ": " + e, e);
    }
  }

  /**
   * Refuses what is known to be too large before any of it comes.
   *
   * @param what it is, for the error
   */
  void require(ByteSize size, String what) {
    if (size.compareTo(total) > 0) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES,
          "%s have %d MiB, but the image store's disk has room for %d: make room"
              .formatted(what, size.mib(), total.mib()));
    }
  }

  private void spend(long count) {
    if (left.addAndGet(-count) < 0) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES,
          "the archive unpacks to more than the "
              + total.mib()
              + " MiB that the image store's disk has room for: make room or use a smaller image");
    }
  }

  private final class ChargedOutput extends FilterOutputStream {
    ChargedOutput(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int value) throws IOException {
      spend(1);
      out.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      spend(length);
      out.write(source, offset, length);
    }
  }

  private final class Charged extends FilterInputStream {
    Charged(InputStream source) {
      super(source);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        spend(1);
      }
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        spend(count);
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      spend(skipped);
      return skipped;
    }
  }
}
