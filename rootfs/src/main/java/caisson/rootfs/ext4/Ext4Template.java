package caisson.rootfs.ext4;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.SparseFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An empty ext4 file system of one size, kept as the few blocks of it that are not zero (about 40
 * for 10 GiB). Made by mke2fs with these choices:
 *
 * <ul>
 *   <li>a journal, because a disk must be consistent again after its VM was killed, and nobody but
 *       the guest's kernel may ever look at it; of 16 MiB, since all of it ends up stored on the
 *       host;
 *   <li>{@code metadata_csum_seed}, so that checksums do not depend on the UUID and a copy can have
 *       one of its own by a change to its superblocks only;
 *   <li>inode tables and journal left as holes; nothing reserved for root, who is the container;
 *       nothing prepared for growth, because a disk never grows.
 * </ul>
 *
 * The list of features is complete, so that the host's mke2fs.conf does not matter.
 */
public final class Ext4Template {
  static final int BLOCK = 4096;

  private static final ByteBuffer ZERO = ByteBuffer.allocate(BLOCK).asReadOnlyBuffer();

  private static final List<String> PLACES = List.of("/usr/sbin/mke2fs", "/sbin/mke2fs");

  private static final String FEATURES =
      "none,has_journal,ext_attr,dir_index,filetype,extent,64bit,flex_bg,sparse_super,large_file,"
          + "huge_file,dir_nlink,extra_isize,metadata_csum,metadata_csum_seed";

  private final ByteSize size;
  private final List<Block> blocks;

  private Ext4Template(ByteSize size, List<Block> blocks) {
    this.size = size;
    this.blocks = Collections.unmodifiableList(blocks);
  }

  /** A block that is not all zero. */
  private record Block(long offset, ByteBuffer content) {}

  /**
   * Makes a file system of {@code size}, a multiple of 4 KiB.
   *
   * @param scratch does not exist; exists only while this runs
   */
  public static Ext4Template make(ByteSize size, Path scratch) throws IOException {
    try {
      try (var file = new RandomAccessFile(scratch.toFile(), "rw")) {
        file.setLength(size.bytes());
      }
      runMke2fs(scratch);
      return new Ext4Template(size, read(scratch));
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  public ByteSize size() {
    return size;
  }

  private static void runMke2fs(Path file) throws IOException {
    var command =
        List.of(
            mke2fs(),
            "-q",
            "-F",
            "-t",
            "ext4",
            "-b",
            "4096",
            "-I",
            "256",
            "-i",
            "16384",
            "-m",
            "0",
            "-e",
            "remount-ro",
            "-J",
            "size=16",
            "-O",
            FEATURES,
            "-E",
            "lazy_itable_init=1,lazy_journal_init=1,nodiscard,root_owner=0:0",
            file.toString());
    var process = start(command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code;
    try {
      code = process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new CaissonException(ErrorCode.UNAVAILABLE, "interrupted while mke2fs was running", e);
    }
    if (code != 0) {
      throw new CaissonException(
          ErrorCode.INTERNAL,
          "cannot make an ext4 file system in " + file + ": mke2fs says: " + output.strip());
    }
  }

  /** Its path where distributions have it, which ordinary users do not have in PATH. */
  private static String mke2fs() {
    return PLACES.stream()
        .filter(place -> Files.isExecutable(Path.of(place)))
        .findFirst()
        .orElse("mke2fs");
  }

  private static Process start(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "cannot run mke2fs, which makes containers' disks: "
              + e.getMessage()
              + "; install the package e2fsprogs",
          e);
    }
  }

  private static List<Block> read(Path file) throws IOException {
    var blocks = new ArrayList<Block>();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (var extent : SparseFile.extents(file)) {
        long end = extent.offset() + extent.length();
        for (long at = extent.offset() & -BLOCK; at < end; at += BLOCK) {
          var content = ByteBuffer.allocate(BLOCK);
          readFully(channel, content, at);
          if (content.mismatch(ZERO) >= 0) {
            blocks.add(new Block(at, content));
          }
        }
      }
    }
    return blocks;
  }

  private static void readFully(FileChannel channel, ByteBuffer content, long at)
      throws IOException {
    while (content.hasRemaining()) {
      if (channel.read(content, at + content.position()) < 0) {
        break;
      }
    }
    content.clear();
  }

  /** Writes a copy with its own identity to the front of the empty file {@code channel}. */
  public void copy(FileChannel channel, Ext4Identity identity) throws IOException {
    long last = 0;
    for (var block : blocks) {
      write(channel, identity.applied(block.offset(), block.content()), block.offset());
      last = block.offset();
    }
    if (last < size.bytes() - BLOCK) {
      write(channel, ZERO.duplicate(), size.bytes() - BLOCK);
    }
  }

  private static void write(FileChannel channel, ByteBuffer content, long at) throws IOException {
    while (content.hasRemaining()) {
      channel.write(content, at + content.position());
    }
  }
}
