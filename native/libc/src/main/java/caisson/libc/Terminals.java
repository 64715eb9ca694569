package caisson.libc;

/** Pseudo-terminals, opened through a ptmx node so that each mount of devpts has its own. */
public final class Terminals {
  private static final long TIOCSCTTY = 0x540e;
  private static final long TIOCSPGRP = 0x5410;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTPEER = 0x5441;

  private Terminals() {}

  /** Opens a master at {@code ptmx} (for example /dev/pts/ptmx) and unlocks its other side. */
  public static int openMaster(String ptmx) {
    int master = Files.open(ptmx, Files.O_RDWR | Files.O_NOCTTY);
    try {
      unlock(master);
      return master;
    } catch (ErrnoException e) {
      Descriptors.close(master);
      throw e;
    }
  }

  /** Lets the other side of {@code master} be opened. */
  public static void unlock(int master) {
    try (Block zero = Block.allocate(4)) {
      Descriptors.ioctl(master, "TIOCSPTLCK", TIOCSPTLCK, zero);
    }
  }

  /** The number of the master's other side, which is the node of that name in its devpts. */
  public static int number(int master) {
    try (Block number = Block.allocate(4)) {
      Descriptors.ioctl(master, "TIOCGPTN", TIOCGPTN, number);
      return number.getInt(0);
    }
  }

  /** Opens the master's other side without a path, from whatever mount namespace. */
  public static int openPeer(int master) {
    int flags = Files.O_RDWR | Files.O_NOCTTY | Files.O_CLOEXEC;
    return Descriptors.ioctl(master, "TIOCGPTPEER", TIOCGPTPEER, flags);
  }

  public static void setSize(int fd, int rows, int columns) {
    try (Block size = Block.allocate(8)) {
      size.putShort(0, rows).putShort(2, columns);
      Descriptors.ioctl(fd, "TIOCSWINSZ", TIOCSWINSZ, size);
    }
  }

  /** Makes {@code fd} the terminal of this session, which must have none. */
  public static void setControlling(int fd) {
    Descriptors.ioctl(fd, "TIOCSCTTY", TIOCSCTTY, 0);
  }

  /** Lets the process group {@code group} of the same session read from the terminal. */
  public static void setForeground(int fd, int group) {
    try (Block value = Block.allocate(4).putInt(0, group)) {
      Descriptors.ioctl(fd, "TIOCSPGRP", TIOCSPGRP, value);
    }
  }
}
