package caisson.api.docker.containers;

/** Linux's mode of a file (inode(7)) in Go's bits (os.FileMode). */
final class GoFileMode {
  private static final int S_IFMT = 0xf000;

  private GoFileMode() {}

  static long of(int mode) {
    long type =
        switch (mode & S_IFMT) {
          case 0x4000 -> 1L << 31;
          case 0xa000 -> 1L << 27;
          case 0x6000 -> 1L << 26;
          case 0x2000 -> 1L << 26 | 1L << 21;
          case 0x1000 -> 1L << 25;
          case 0xc000 -> 1L << 24;
          default -> 0;
        };
    long setUser = (mode & 04000) != 0 ? 1L << 23 : 0;
    long setGroup = (mode & 02000) != 0 ? 1L << 22 : 0;
    long sticky = (mode & 01000) != 0 ? 1L << 20 : 0;
    return type | setUser | setGroup | sticky | (mode & 0777);
  }
}
