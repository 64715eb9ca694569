package caisson.libc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Extended attributes of open files (xattr(7)). */
public final class ExtendedAttributes {
  private static final int SYS_FSETXATTR = 190;
  private static final int SYS_FGETXATTR = 193;
  private static final int SYS_FLISTXATTR = 196;

  /** XATTR_LIST_MAX and XATTR_SIZE_MAX: what one file's names and one value take at most. */
  private static final int MAX = 65536;

  private ExtendedAttributes() {}

  /** Their names; none where the file system has no such thing. */
  public static List<String> names(int fd) {
    try (Block list = Block.allocate(MAX)) {
      long length = Libc.syscall(SYS_FLISTXATTR, fd, list.address(), MAX, 0, 0, 0);
      if (length < 0 && Errno.last() == Errno.EOPNOTSUPP) {
        return List.of();
      }
      Errno.check(length, "flistxattr", fd);
      return split(list.bytes(0, (int) length));
    }
  }

  /** Each name ends with a zero byte. */
  private static List<String> split(byte[] list) {
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int end = 0; end < list.length; end++) {
      if (list[end] == 0) {
        names.add(new String(list, start, end - start, StandardCharsets.UTF_8));
        start = end + 1;
      }
    }
    return names;
  }

  public static byte[] get(int fd, String name) {
    try (Scratch scratch = new Scratch()) {
      Block value = scratch.block(MAX);
      long key = scratch.string(name).address();
      long length = Libc.syscall(SYS_FGETXATTR, fd, key, value.address(), MAX, 0, 0);
      return value.bytes(0, (int) Errno.check(length, "fgetxattr", name));
    }
  }

  public static void set(int fd, String name, byte[] value) {
    try (Scratch scratch = new Scratch()) {
      long key = scratch.string(name).address();
      long from = scratch.block(value).address();
      long result = Libc.syscall(SYS_FSETXATTR, fd, key, from, value.length, 0, 0);
      Errno.check(result, "fsetxattr", name);
    }
  }
}
