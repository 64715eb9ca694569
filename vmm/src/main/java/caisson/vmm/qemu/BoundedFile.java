package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.launch.spec.LaunchSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that QEMU appends to and that cannot grow: a sparse file that ends just below the limit of
 * file sizes that QEMU runs under, where the kernel refuses every further byte. So a guest that
 * floods its console fills neither disk nor memory, and what it said first stays.
 *
 * @param start where its text begins, in bytes
 */
record BoundedFile(Path path, long start) {
  /**
   * QEMU's limit of file sizes in bytes: above what disks need, and what every file system of Linux
   * can address.
   */
  static final long MAX_FILE = 1L << 41;

  private static final int CONSOLE_BYTES = 256 << 10;
  private static final int TAIL_BYTES = 4096;

  static BoundedFile console(Path path) {
    return new BoundedFile(path, MAX_FILE - CONSOLE_BYTES);
  }

  /** What {@link LaunchSpec#errorLogStart} describes. */
  static BoundedFile errorLog(Path path) {
    return new BoundedFile(path, MAX_FILE - LaunchSpec.ERROR_LOG_BYTES);
  }

  /** Makes it, without text. */
  void create() {
    try (var file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      // A file is made longer by writing only; the byte is the first of the text, and a line feed.
      file.write(ByteBuffer.wrap(new byte[] {'\n'}), start);
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot make " + path + ": " + e, e);
    }
  }

  /** The end of the text, without what would move a terminal's cursor; empty if there is none. */
  String tail() {
    try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
      long from = Math.max(start, file.size() - TAIL_BYTES);
      var bytes = ByteBuffer.allocate(TAIL_BYTES);
      while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
        // Until its end.
      }
      return printable(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "";
    }
  }

  private static String printable(String text) {
    var clean = new StringBuilder();
    text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }
}
