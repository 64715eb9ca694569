package caisson.agent.process;

import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;

/** A pipe or the master of a terminal. */
record DescriptorPipe(int fd) implements Pipe {
  /** The agent's own end of something; it does not wait from now on. */
  static DescriptorPipe of(int fd) {
    Descriptors.setNonBlocking(fd, true);
    return new DescriptorPipe(fd);
  }

  /** A terminal that nobody has open any more answers EIO, which is its end. */
  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      return Descriptors.read(fd, buffer, offset, length);
    } catch (ErrnoException gone) {
      return CLOSED;
    }
  }

  @Override
  public int write(byte[] buffer, int offset, int length) {
    try {
      return Descriptors.write(fd, buffer, offset, length);
    } catch (ErrnoException gone) {
      return CLOSED;
    }
  }

  @Override
  public void close() {
    Descriptors.close(fd);
  }
}
