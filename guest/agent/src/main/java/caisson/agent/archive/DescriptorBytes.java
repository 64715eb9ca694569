package caisson.agent.archive;

import caisson.guest.tar.TarReader;
import caisson.guest.tar.TarWriter;
import caisson.libc.Descriptors;

/** An archive that comes from or goes to an open descriptor, in large pieces. */
final class DescriptorBytes implements TarReader.Source, TarWriter.Sink {
  private static final int BUFFER = 128 << 10;

  private final int fd;
  private final byte[] buffer = new byte[BUFFER];
  private int length;
  private int next;

  DescriptorBytes(int fd) {
    this.fd = fd;
  }

  @Override
  public int read(byte[] bytes, int offset, int most) {
    if (next == length) {
      length = Math.max(0, Descriptors.read(fd, buffer, 0, buffer.length));
      next = 0;
    }
    int count = Math.min(most, length - next);
    System.arraycopy(buffer, next, bytes, offset, count);
    next += count;
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    int done = 0;
    while (done < count) {
      int part = Math.min(count - done, buffer.length - length);
      System.arraycopy(bytes, offset + done, buffer, length, part);
      length += part;
      done += part;
      if (length == buffer.length) {
        flush();
      }
    }
  }

  /** Writes what has gathered. */
  void flush() {
    int written = 0;
    while (written < length) {
      written += Descriptors.write(fd, buffer, written, length - written);
    }
    length = 0;
  }
}
