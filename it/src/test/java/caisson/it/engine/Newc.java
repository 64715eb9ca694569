package caisson.it.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Archives that a kernel unpacks (Documentation/driver-api/early-userspace/buffer-format.rst). */
final class Newc {
  private static final String MAGIC = "070701";
  private static final int HEADER = 110;
  private static final int DIGITS = 8;
  private static final int LENGTH = 6;
  private static final int NAME_LENGTH = 11;
  private static final int EXECUTABLE = 0100755;

  private Newc() {}

  /** An executable file. */
  static byte[] file(String name, byte[] content) {
    return member(name, EXECUTABLE, content);
  }

  /** Members and the trailer. */
  static byte[] archive(byte[]... members) {
    var out = new ByteArrayOutputStream();
    for (var member : members) {
      out.writeBytes(member);
    }
    out.writeBytes(member("TRAILER!!!", 0, new byte[0]));
    return out.toByteArray();
  }

  /** The content of a file of somebody else's archive. */
  static byte[] content(byte[] archive, String name) {
    var text = new String(archive, StandardCharsets.ISO_8859_1);
    int member = text.indexOf(MAGIC);
    while (member >= 0) {
      int nameAt = member + HEADER;
      int nameLength = field(text, member, NAME_LENGTH);
      int contentAt = padded(nameAt + nameLength);
      int length = field(text, member, LENGTH);
      if (text.startsWith(name + "\0", nameAt)) {
        return Arrays.copyOfRange(archive, contentAt, contentAt + length);
      }
      member = text.indexOf(MAGIC, contentAt + length);
    }
    throw new IllegalArgumentException(name + " is not in the archive");
  }

  private static int field(String archive, int member, int index) {
    int at = member + MAGIC.length() + index * DIGITS;
    return Integer.parseInt(archive.substring(at, at + DIGITS), 16);
  }

  private static int padded(int offset) {
    return (offset + 3) & ~3;
  }

  private static byte[] member(String name, int mode, byte[] content) {
    var out = new ByteArrayOutputStream();
    int[] fields = {1, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length() + 1, 0};
    var header = new StringBuilder(MAGIC);
    for (int field : fields) {
      header.append("%08X".formatted(field));
    }
    out.writeBytes((header + name + "\0").getBytes(StandardCharsets.US_ASCII));
    pad(out);
    out.writeBytes(content);
    pad(out);
    return out.toByteArray();
  }

  private static void pad(ByteArrayOutputStream out) {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }
}
