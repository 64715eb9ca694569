package caisson.vmm.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A guest kernel of a few instructions, for tests of the machine around it: an ELF file with a PVH
 * entry (Xen, public/elfnote.h, XEN_ELFNOTE_PHYS32_ENTRY), which starts in 32-bit protected mode
 * without paging.
 */
enum TinyGuest {
  /** Says a line on the serial console and waits for ever. */
  IDLES("f4 eb fd"),
  /** Says the line again and again. */
  FLOODS("eb f1"),
  /**
   * Says the line, counts to 2^28, and restarts by a triple fault: an interrupt without a table.
   */
  RESTARTS("b9 00 00 00 10 49 75 fd 0f 01 1d 00 03 10 00 cc");

  static final String LINE = "a tiny guest speaks";

  private static final int BASE = 0x100000;
  private static final int CODE = 0x100;
  private static final int TEXT = 0x200;
  private static final int NOTE = 0xc0;
  private static final int SIZE = 0x400;
  private static final int PHYS32_ENTRY = 18;

  private final String last;

  TinyGuest(String last) {
    this.last = last;
  }

  /** Writes the kernel to {@code file}. */
  Path write(Path file) throws IOException {
    var image = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    image.put(0, hex("7f 45 4c 46 02 01 01"));
    header(image.slice(16, 48).order(ByteOrder.LITTLE_ENDIAN));
    segment(image.slice(64, 56).order(ByteOrder.LITTLE_ENDIAN), 1, 7, 0, SIZE);
    segment(image.slice(120, 56).order(ByteOrder.LITTLE_ENDIAN), 4, 4, NOTE, 20);
    image.putInt(NOTE, 4).putInt(NOTE + 4, 4).putInt(NOTE + 8, PHYS32_ENTRY);
    image.put(NOTE + 12, "Xen\0".getBytes(StandardCharsets.US_ASCII));
    image.putInt(NOTE + 16, BASE + CODE);
    image.put(CODE, code());
    image.put(TEXT, (LINE + "\r\n\0").getBytes(StandardCharsets.US_ASCII));
    return Files.write(file, image.array());
  }

  /** The ELF header from e_type on. */
  private static void header(ByteBuffer header) {
    header.putShort((short) 2).putShort((short) 62).putInt(1).putLong(BASE + CODE).putLong(64);
    header.putLong(0).putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 2);
  }

  private static void segment(ByteBuffer header, int type, int flags, long offset, long size) {
    header.putInt(type).putInt(flags).putLong(offset).putLong(BASE + offset);
    header.putLong(BASE + offset).putLong(size).putLong(size).putLong(4);
  }

  /** Each letter of the text goes to the port of the first serial line; then what is last. */
  private byte[] code() {
    return hex("66 ba f8 03 be 00 02 10 00 ac 84 c0 74 03 ee eb f8 " + last);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
