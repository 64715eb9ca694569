package caisson.rootfs;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.rootfs.ext4.Ext4Identity;
import caisson.rootfs.ext4.Ext4Template;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The disk that takes what a container writes: an empty ext4 in a sparse file, whose size is the
 * container's quota. mke2fs runs once for a size; every further disk is a copy of the few blocks
 * that it wrote, with a UUID and a hash seed of its own.
 */
public final class WritableDisk {
  /** Below this the journal would take most of the disk. */
  public static final ByteSize SMALLEST = ByteSize.ofMib(64);

  private static final long BLOCK = 4096;

  /** The template used last: all containers but few have disks of one size. */
  private static final AtomicReference<@Nullable Ext4Template> LAST = new AtomicReference<>();

  private WritableDisk() {}

  /**
   * Creates a disk. Blocks on file I/O, so it belongs on a platform thread.
   *
   * @param target is created, and its content durable on return; after a failure it does not exist
   * @param size rounded down to 4 KiB, at least {@link #SMALLEST}
   * @throws CaissonException INVALID_ARGUMENT if the size is too small, UNSUPPORTED if there is no
   *     mke2fs, NO_RESOURCES if the file cannot be written
   */
  public static void create(Path target, ByteSize size) {
    if (size.compareTo(SMALLEST) < 0) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a container's disk of " + size.bytes() + " bytes is too small: it needs 64 MiB");
    }
    try {
      write(target, template(new ByteSize(size.bytes() / BLOCK * BLOCK), target));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot write the container's disk " + target + ": " + e, e);
    }
  }

  /** Creates a disk of the size that was asked for last, for which mke2fs need not run. */
  public static void createAnother(Path target) {
    var last = LAST.get();
    create(target, last == null ? SMALLEST : last.size());
  }

  private static Ext4Template template(ByteSize size, Path target) throws IOException {
    var last = LAST.get();
    if (last != null && last.size().equals(size)) {
      return last;
    }
    var made = Ext4Template.make(size, target.resolveSibling(target.getFileName() + ".template"));
    LAST.set(made);
    return made;
  }

  private static void write(Path target, Ext4Template template) throws IOException {
    var channel = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (channel) {
      template.copy(channel, Ext4Identity.random());
      channel.force(true);
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }
}
