package caisson.vmm.qemu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An initramfs for tests: a newc archive (kernel,
 * Documentation/driver-api/early-userspace/buffer-format.rst).
 */
final class GuestArchive {
  private static final int DIRECTORY = 0040755;
  private static final int PROGRAM = 0100755;
  private static final int CHARACTER_DEVICE = 0020600;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int inode;

  GuestArchive directory(String name) {
    return entry(name, DIRECTORY, new byte[0], 0, 0);
  }

  GuestArchive program(String name, byte[] content) {
    return entry(name, PROGRAM, content, 0, 0);
  }

  /** What the kernel opens for its first process before anything is mounted. */
  GuestArchive console() {
    return entry("dev/console", CHARACTER_DEVICE, new byte[0], 5, 1);
  }

  void write(Path file) throws IOException {
    Files.write(file, entry("TRAILER!!!", 0, new byte[0], 0, 0).bytes.toByteArray());
  }

  private GuestArchive entry(String name, int mode, byte[] content, int major, int minor) {
    var header = new StringBuilder("070701");
    inode++;
    // Inode, mode, owner, group, links, time, size, device, the node's device, name, checksum.
    int[] fields = {
      inode, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, name.length() + 1, 0
    };
    for (int field : fields) {
      header.append("%08x".formatted(field));
    }
    append(header.append(name).append('\0').toString().getBytes(StandardCharsets.US_ASCII));
    append(content);
    return this;
  }

  /** Adds {@code part} and zeros up to the next multiple of four. */
  private void append(byte[] part) {
    bytes.writeBytes(part);
    bytes.writeBytes(new byte[-part.length & 3]);
  }
}
