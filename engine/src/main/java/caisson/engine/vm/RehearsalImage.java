package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.rootfs.LayerImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The image of a container that does nothing: one program, which ends at once. */
final class RehearsalImage {
  static final String PROGRAM = "rehearse";

  private static final String FILE = "rehearsal.erofs";

  private static final int BASE = 0x40_0000;
  private static final int ELF_HEADER = 64;
  private static final int PROGRAM_HEADER = 56;

  /** mov eax, 60 (exit); xor edi, edi; syscall. */
  private static final byte[] CODE = HexFormat.of().parseHex("b83c00000031ff0f05");

  private static final int BLOCK = 512;

  private RehearsalImage() {}

  /** The image in {@code directory}, made if it is not there. */
  static Path in(Path directory) {
    var image = directory.resolve(FILE);
    try {
      DurableFiles.createDirectories(directory);
      if (!Files.exists(image)) {
        var unfinished = directory.resolve(FILE + DurableFiles.UNFINISHED);
        Files.deleteIfExists(unfinished);
        LayerImage.convert(new ByteArrayInputStream(archive()), unfinished);
        DurableFiles.move(unfinished, image);
      }
      return image;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot make the image " + image + ": " + e, e);
    }
  }

  /** A tar archive (POSIX.1-1988, ustar) of the program. */
  private static byte[] archive() {
    byte[] program = program();
    var archive = new ByteArrayOutputStream();
    archive.writeBytes(header(program.length));
    archive.writeBytes(program);
    archive.writeBytes(new byte[BLOCK - program.length]);
    archive.writeBytes(new byte[2 * BLOCK]);
    return archive.toByteArray();
  }

  private static byte[] header(int size) {
    var header = ByteBuffer.allocate(BLOCK);
    header.put(0, ascii(PROGRAM)).put(100, ascii("0000755")).put(108, ascii("0000000"));
    header.put(116, ascii("0000000")).put(124, ascii("%011o".formatted(size)));
    header.put(136, ascii("00000000000")).put(148, ascii(" ".repeat(8))).put(156, ascii("0"));
    header.put(257, ascii("ustar")).put(263, ascii("00"));
    int sum = 0;
    for (byte each : header.array()) {
      sum += each & 0xff;
    }
    return header.put(148, ascii("%06o\0 ".formatted(sum))).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A static ELF file for x86-64 (System V ABI, "Object Files"), loaded as a whole. */
  private static byte[] program() {
    int entry = ELF_HEADER + PROGRAM_HEADER;
    int size = entry + CODE.length;
    var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(HexFormat.of().parseHex("7f454c46020101")).position(16);
    elf.putShort((short) 2).putShort((short) 62).putInt(1).putLong(BASE + entry);
    elf.putLong(ELF_HEADER).putLong(0).putInt(0).putShort((short) ELF_HEADER);
    elf.putShort((short) PROGRAM_HEADER).putShort((short) 1).position(ELF_HEADER);
    elf.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE);
    elf.putLong(size).putLong(size).putLong(4096).put(CODE);
    return elf.array();
  }
}
