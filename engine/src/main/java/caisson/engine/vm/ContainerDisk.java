package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import caisson.rootfs.WritableDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a container writes, in its own directory: made for its first start, kept until it goes. */
final class ContainerDisk {
  private static final String NAME = "writable.ext4";

  private ContainerDisk() {}

  /** Where the disk of the container in {@code directory} is, if it has one. */
  static Path place(Path directory) {
    return directory.resolve(NAME);
  }

  /** The disk of the container in {@code directory}, which is whole, whatever happened before. */
  static Path in(Path directory, ByteSize size) {
    var disk = place(directory);
    if (Files.exists(disk)) {
      return disk;
    }
    var unfinished = directory.resolve(NAME + DurableFiles.UNFINISHED);
    try {
      Files.deleteIfExists(unfinished);
      WritableDisk.create(unfinished, size);
      DurableFiles.move(unfinished, disk);
      return disk;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot make the container's disk " + disk + ": " + e, e);
    }
  }
}
