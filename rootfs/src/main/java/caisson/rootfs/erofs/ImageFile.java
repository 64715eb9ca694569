package caisson.rootfs.erofs;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An image while it is written: from the front to the back, with holes where nothing is written.
 */
final class ImageFile implements AutoCloseable {
  static final int BLOCK = 4096;
  static final int BLOCK_BITS = 12;

  /** Block addresses have 32 bits, and the highest one means a hole. */
  private static final long MAX_BLOCKS = 0xffff_ffffL;

  private static final int BUFFER = 1 << 20;

  /** A gap up to this length is cheaper to write than to seek over. */
  private static final int SHORT_GAP = BLOCK;

  private static final byte[] ZEROS = new byte[BLOCK];

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  /** Where in the file the buffer's first byte belongs. */
  private long flushed;

  private ImageFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Creates {@code path}, which must not exist. */
  static ImageFile create(Path path) {
    try {
      return new ImageFile(
          path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  /** Where the next byte goes. */
  long position() {
    return flushed + buffer.position();
  }

  /** The address of the next block; what was written before ends with a whole block. */
  int block() {
    pad(BLOCK);
    return (int) (position() >>> BLOCK_BITS);
  }

  void write(byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int piece = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, piece);
      at += piece;
      left -= piece;
    }
  }

  /** Goes on at {@code target}, which is not behind; what lies between reads as zeros. */
  void moveTo(long target) {
    long gap = target - position();
    if (target > MAX_BLOCKS << BLOCK_BITS) {
      throw new CaissonException(
          ErrorCode.CORRUPT,
          "cannot write the image "
              + path
              + ": it would have more than 16 TiB, because of huge sparse files");
    }
    if (gap <= SHORT_GAP) {
      write(ZEROS, 0, (int) gap);
    } else {
      flush();
      flushed = target;
    }
  }

  /** Fills up with zeros to a multiple of {@code alignment}. */
  void pad(int alignment) {
    moveTo((position() + alignment - 1) & -alignment);
  }

  /** Writes {@code bytes} at {@code position}, leaving the end where it is. */
  void patch(long position, byte[] bytes) {
    flush();
    writeAt(position, ByteBuffer.wrap(bytes));
  }

  /** Makes all of it durable. */
  void sync() {
    flush();
    try {
      channel.force(true);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private void flush() {
    buffer.flip();
    int count = buffer.remaining();
    writeAt(flushed, buffer);
    flushed += count;
    buffer.clear();
  }

  private void writeAt(long position, ByteBuffer bytes) {
    long at = position;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static CaissonException failed(Path path, IOException e) {
    return new CaissonException(
        ErrorCode.NO_RESOURCES, "cannot write the image " + path + ": " + e, e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(path, e);
    }
  }
}
