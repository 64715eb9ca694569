package caisson.libc;

/** A file system that is being configured (fsopen(2), fsconfig(2), fsmount(2)). */
final class FileSystemContext implements AutoCloseable {
  private static final int SYS_FSOPEN = 430;
  private static final int SYS_FSCONFIG = 431;
  private static final int SYS_FSMOUNT = 432;
  private static final int FSOPEN_CLOEXEC = 1;
  private static final int FSMOUNT_CLOEXEC = 1;
  private static final int FSCONFIG_SET_FLAG = 0;
  private static final int FSCONFIG_SET_STRING = 1;
  private static final int FSCONFIG_CMD_CREATE = 6;
  private static final int MAX_COMPLAINT = 512;

  private final String type;
  private final int fd;

  private FileSystemContext(String type, int fd) {
    this.type = type;
    this.fd = fd;
  }

  static FileSystemContext open(String type) {
    try (Scratch scratch = new Scratch()) {
      long name = scratch.string(type).address();
      long fd = Libc.syscall(SYS_FSOPEN, name, FSOPEN_CLOEXEC, 0, 0, 0, 0);
      return new FileSystemContext(type, (int) Errno.check(fd, "fsopen", type));
    }
  }

  void setFlag(String name) {
    try (Scratch scratch = new Scratch()) {
      configure(FSCONFIG_SET_FLAG, scratch.string(name).address(), 0, name);
    }
  }

  void set(String name, String value) {
    try (Scratch scratch = new Scratch()) {
      long text = scratch.string(value).address();
      configure(FSCONFIG_SET_STRING, scratch.string(name).address(), text, name + "=" + value);
    }
  }

  /** A mount of the finished file system, attached nowhere. */
  int mount(long attributes) {
    configure(FSCONFIG_CMD_CREATE, 0, 0, "");
    long mount = Libc.syscall(SYS_FSMOUNT, fd, FSMOUNT_CLOEXEC, attributes, 0, 0, 0);
    return (int) Errno.check(mount, "fsmount", type);
  }

  private void configure(int command, long name, long value, String operand) {
    if (Libc.syscall(SYS_FSCONFIG, fd, command, name, value, 0, 0) < 0) {
      int errno = Errno.last();
      String what = operand.isEmpty() ? type : type + " " + operand;
      String complaint = complaint();
      throw new ErrnoException(
          "fsconfig", complaint.isEmpty() ? what : what + " (" + complaint + ")", errno);
    }
  }

  /** What the file system has to say about a failure, without its first two characters "e ". */
  private String complaint() {
    byte[] message = new byte[MAX_COMPLAINT];
    try {
      int length = Descriptors.read(fd, message, 0, message.length);
      return length > 2 ? Machine.text(message).substring(2).trim() : "";
    } catch (ErrnoException nothing) {
      return "";
    }
  }

  @Override
  public void close() {
    Descriptors.close(fd);
  }
}
