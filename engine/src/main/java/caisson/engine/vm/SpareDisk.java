package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An empty writable disk that a machine has from its start, and has mounted before it has a
 * container: the file becomes the container's.
 */
record SpareDisk(Path file) {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  /**
   * Makes it the disk of the container in {@code directory}; false if that has one, or needs
   * another size, and it stays what it is.
   */
  boolean becomes(Path directory, ByteSize size) {
    var disk = ContainerDisk.place(directory);
    try {
      if (Files.exists(disk) || Files.size(file) != size.bytes()) {
        return false;
      }
      DurableFiles.move(file, disk);
      return true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the disk " + file + " is of no use: " + e);
      return false;
    }
  }

  /** Nobody needs it; nothing happens if it has become a container's. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.NO_RESOURCES, "cannot delete " + file + ": " + e, e);
    }
  }
}
