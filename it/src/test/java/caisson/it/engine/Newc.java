package caisson.it.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Archives that a kernel unpacks (Documentation/driver-api/early-userspace/buffer-format.rst). */
final class Newc {
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

  private static byte[] member(String name, int mode, byte[] content) {
    var out = new ByteArrayOutputStream();
    int[] fields = {1, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length() + 1, 0};
    var header = new StringBuilder("070701");
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
