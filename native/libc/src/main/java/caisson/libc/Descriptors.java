package caisson.libc;

import org.teavm.interop.Address;

/** What is done with an open descriptor. Reads and writes go on after EINTR. */
public final class Descriptors {
  public static final int FD_CLOEXEC = 1;
  public static final int F_GETFD = 1;
  public static final int F_SETFD = 2;
  public static final int F_GETFL = 3;
  public static final int F_SETFL = 4;
  public static final int F_SETPIPE_SZ = 1031;
  public static final int F_ADD_SEALS = 1033;

  /** What {@link #read} and {@link #write} answer where a non-blocking descriptor has to wait. */
  public static final int WOULD_BLOCK = -1;

  private static final int SYS_CLOSE_RANGE = 436;
  private static final int CLOSE_RANGE_CLOEXEC = 4;

  private static final int SYS_FSTATFS = 138;
  private static final int STATFS_SIZE = 120;

  private Descriptors() {}

  /**
   * Reads up to {@code length} bytes into {@code buffer} at {@code offset}.
   *
   * @return how many were read, 0 at the end, {@link #WOULD_BLOCK} if there is nothing yet
   */
  public static int read(int fd, byte[] buffer, int offset, int length) {
    Block.checkRange(offset, length, buffer.length);
    long result;
    do {
      result = Libc.read(fd, Address.ofData(buffer).add(offset), length);
    } while (result < 0 && Errno.last() == Errno.EINTR);
    return transferred(result, "read", fd);
  }

  /** Writes what it can of {@code length} bytes of {@code buffer} and says how many it wrote. */
  public static int write(int fd, byte[] buffer, int offset, int length) {
    Block.checkRange(offset, length, buffer.length);
    long result;
    do {
      result = Libc.write(fd, Address.ofData(buffer).add(offset), length);
    } while (result < 0 && Errno.last() == Errno.EINTR);
    return transferred(result, "write", fd);
  }

  /** Writes all of {@code bytes} to a blocking descriptor. */
  public static void writeAll(int fd, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      int written = write(fd, bytes, done, bytes.length - done);
      if (written == WOULD_BLOCK) {
        throw new ErrnoException("write", "fd " + fd, Errno.EAGAIN);
      }
      done += written;
    }
  }

  private static int transferred(long result, String call, int fd) {
    if (result < 0 && Errno.last() == Errno.EAGAIN) {
      return WOULD_BLOCK;
    }
    return (int) Errno.check(result, call, fd);
  }

  /** Closes {@code fd}. Linux frees it whatever the answer, so there is nothing to report. */
  public static void close(int fd) {
    Libc.close(fd);
  }

  /** Closes every descriptor from {@code first} on. */
  public static void closeFrom(int first) {
    long result = Libc.syscall(SYS_CLOSE_RANGE, first, 0xffffffffL, 0, 0, 0, 0);
    Errno.check(result, "close_range", "from " + first);
  }

  /** Has execve close every descriptor from {@code first} on. */
  public static void setCloseOnExecFrom(int first) {
    long result = Libc.syscall(SYS_CLOSE_RANGE, first, 0xffffffffL, CLOSE_RANGE_CLOEXEC, 0, 0, 0);
    Errno.check(result, "close_range", "from " + first);
  }

  /** A pipe: the reading end, then the writing end. {@code flags}: O_CLOEXEC, O_NONBLOCK. */
  public static int[] pipe(int flags) {
    int[] ends = new int[2];
    Errno.check(Libc.pipe2(Address.ofData(ends), flags), "pipe2", "");
    return ends;
  }

  /** A copy of {@code fd} under a new number, inherited by execve. */
  public static int duplicate(int fd) {
    return Errno.check(Libc.dup(fd), "dup", fd);
  }

  /**
   * Makes {@code to} mean what {@code from} does and be inherited by execve, also if they are one.
   */
  public static void duplicateTo(int from, int to) {
    if (from == to) {
      setCloseOnExec(to, false);
    } else {
      Errno.check(Libc.dup2(from, to), "dup2", from);
    }
  }

  public static void setCloseOnExec(int fd, boolean on) {
    fcntl(fd, F_SETFD, on ? FD_CLOEXEC : 0);
  }

  public static void setNonBlocking(int fd, boolean on) {
    int flags = fcntl(fd, F_GETFL, 0);
    fcntl(fd, F_SETFL, on ? flags | Files.O_NONBLOCK : flags & ~Files.O_NONBLOCK);
  }

  public static int fcntl(int fd, int command, long argument) {
    return Errno.check(Libc.fcntl(fd, command, argument), "fcntl " + command, fd);
  }

  /** ioctl(2) with a pointer to {@code argument}; {@code name} is what an error says. */
  public static int ioctl(int fd, String name, long request, Block argument) {
    return Errno.check(Libc.ioctl(fd, request, argument.pointer()), name, fd);
  }

  /** ioctl(2) with a number as its argument. */
  public static int ioctl(int fd, String name, long request, long argument) {
    return Errno.check(Libc.ioctl(fd, request, Address.fromLong(argument)), name, fd);
  }

  /** Moves the offset ({@code whence}: 0 from the start, 1 from here, 2 from the end). */
  public static long seek(int fd, long offset, int whence) {
    return Errno.check(Libc.lseek(fd, offset, whence), "lseek", fd);
  }

  public static void truncate(int fd, long length) {
    Errno.check(Libc.ftruncate(fd, length), "ftruncate", fd);
  }

  public static void sync(int fd) {
    Errno.check(Libc.fsync(fd), "fsync", fd);
  }

  /** The magic number of the file system that it is on (statfs(2)). */
  public static long fileSystem(int fd) {
    try (Block answer = Block.allocate(STATFS_SIZE)) {
      Errno.check(Libc.syscall(SYS_FSTATFS, fd, answer.address(), 0, 0, 0, 0), "fstatfs", fd);
      return answer.getLong(0);
    }
  }

  /** Sets the owner of what is open; -1 leaves uid or gid as it is. */
  public static void setOwner(int fd, int uid, int gid) {
    Files.setOwnerAt(fd, "", uid, gid, Files.AT_EMPTY_PATH);
  }

  public static void setMode(int fd, int mode) {
    Errno.check(Libc.fchmod(fd, mode), "fchmod", fd);
  }
}
