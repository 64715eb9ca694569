package caisson.libc;

/** Pseudo-terminals, opened through a ptmx node so that each mount of devpts has its own. */
public final class Terminals {
  private static final long TIOCSCTTY = 0x540e;
  private static final long TIOCSPGRP = 0x5410;
  private static final long TIOCGWINSZ = 0x5413;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TCGETS = 0x5401;
  private static final long TCSETS = 0x5402;
  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTPEER = 0x5441;

  // struct termios of the kernel (asm-generic/termbits.h).
  private static final int TERMIOS_SIZE = 36;
  private static final int CHARACTERS = 17;
  private static final int VTIME = 5;
  private static final int VMIN = 6;
  private static final int RAW_INPUT = 0x5eb;
  private static final int RAW_OUTPUT = 0x1;
  private static final int RAW_CONTROL = 0x130;
  private static final int CS8 = 0x30;
  private static final int RAW_LOCAL = 0x804b;

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

  /** Rows and columns; zeros where nobody has said. */
  public static int[] size(int fd) {
    try (Block size = Block.allocate(8)) {
      Descriptors.ioctl(fd, "TIOCGWINSZ", TIOCGWINSZ, size);
      return new int[] {size.getShort(0), size.getShort(2)};
    }
  }

  /**
   * Has {@code fd} pass every byte on as it is, in both directions (termios(3), cfmakeraw): whoever
   * is behind it does what a terminal does.
   *
   * @return how it was, for {@link #restore}
   */
  public static byte[] makeRaw(int fd) {
    try (Block mode = Block.allocate(TERMIOS_SIZE)) {
      Descriptors.ioctl(fd, "TCGETS", TCGETS, mode);
      byte[] before = mode.bytes(0, TERMIOS_SIZE);
      mode.putInt(0, mode.getInt(0) & ~RAW_INPUT);
      mode.putInt(4, mode.getInt(4) & ~RAW_OUTPUT);
      mode.putInt(8, (mode.getInt(8) & ~RAW_CONTROL) | CS8);
      mode.putInt(12, mode.getInt(12) & ~RAW_LOCAL);
      mode.putByte(CHARACTERS + VTIME, 0);
      mode.putByte(CHARACTERS + VMIN, 1);
      Descriptors.ioctl(fd, "TCSETS", TCSETS, mode);
      return before;
    }
  }

  /** Makes {@code fd} behave as it did. */
  public static void restore(int fd, byte[] before) {
    try (Block mode = Block.of(before)) {
      Descriptors.ioctl(fd, "TCSETS", TCSETS, mode);
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
