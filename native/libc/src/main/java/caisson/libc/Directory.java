package caisson.libc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists directories. */
public final class Directory {
  private static final int SYS_GETDENTS64 = 217;

  private Directory() {}

  /** The names in the directory {@code path}, without "." and "..", in the kernel's order. */
  public static List<String> names(String path) {
    int fd = Files.open(path, Files.O_RDONLY | Files.O_DIRECTORY);
    try {
      return names(fd, path);
    } finally {
      Descriptors.close(fd);
    }
  }

  /** The names from the open directory's position on; {@code path} is what an error says. */
  public static List<String> names(int fd, String path) {
    List<String> names = new ArrayList<>();
    try (Block entries = Block.allocate(16384)) {
      boolean more = true;
      while (more) {
        more = collect(fd, path, entries, names);
      }
    }
    return names;
  }

  /** Some names from the open directory's position on; none at its end. */
  public static List<String> nextNames(int fd, String path) {
    List<String> names = new ArrayList<>();
    try (Block entries = Block.allocate(16384)) {
      boolean more = true;
      while (more && names.isEmpty()) {
        more = collect(fd, path, entries, names);
      }
    }
    return names;
  }

  /** Adds what fits into {@code entries}; false at the end. */
  private static boolean collect(int fd, String path, Block entries, List<String> names) {
    long length = Libc.syscall(SYS_GETDENTS64, fd, entries.address(), entries.size(), 0, 0, 0);
    Errno.check(length, "getdents64", path);
    collect(entries, (int) length, names);
    return length > 0;
  }

  /** struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name. */
  private static void collect(Block entries, int length, List<String> names) {
    int entry = 0;
    while (entry < length) {
      int next = entry + (entries.getShort(entry + 16) & 0xffff);
      int end = entry + 19;
      while (entries.getByte(end) != 0) {
        end++;
      }
      byte[] bytes = entries.bytes(entry + 19, end - entry - 19);
      String name = new String(bytes, StandardCharsets.UTF_8);
      if (!name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
      entry = next;
    }
  }
}
