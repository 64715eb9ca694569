package caisson.it;

import java.util.ArrayList;
import java.util.List;

/**
 * A member of a newc archive: eight hexadecimal digits a field, names and contents padded to four
 * bytes.
 *
 * @see <a href="https://docs.kernel.org/driver-api/early-userspace/buffer-format.html">initramfs
 *     buffer format</a>
 */
record Cpio(String name, int mode, int major, int minor, String content) {
  private static final int HEADER = 110;
  private static final int DIGITS = 8;

  /** All members of an archive of ASCII, without the trailer, which must be there. */
  static List<Cpio> read(String archive) {
    var found = new ArrayList<Cpio>();
    int at = 0;
    while (true) {
      int nameEnd = at + HEADER + field(archive, at, 11);
      var name = archive.substring(at + HEADER, nameEnd - 1);
      if (name.equals("TRAILER!!!")) {
        return found;
      }
      int start = aligned(nameEnd);
      int end = start + field(archive, at, 6);
      int major = field(archive, at, 9);
      int minor = field(archive, at, 10);
      found.add(new Cpio(name, field(archive, at, 1), major, minor, archive.substring(start, end)));
      at = aligned(end);
    }
  }

  private static int field(String archive, int at, int index) {
    int start = at + "070701".length() + index * DIGITS;
    return Integer.parseInt(archive.substring(start, start + DIGITS), 16);
  }

  private static int aligned(int offset) {
    return (offset + 3) & ~3;
  }
}
