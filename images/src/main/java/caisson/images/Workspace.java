package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory for what one request makes before it is part of the store. It is gone when the
 * request ends; what a killed daemon left is removed when its store is opened again.
 */
record Workspace(Path directory) implements AutoCloseable {
  /** Makes one under {@code parent}. */
  static Workspace in(Path parent) {
    try {
      return new Workspace(Files.createTempDirectory(parent, "request-"));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot make a directory in " + parent + ": " + e, e);
    }
  }

  /** A file in it; nothing is there yet. */
  Path file(String name) {
    return directory.resolve(name);
  }

  @Override
  public void close() {
    // A file channel closes itself when an interrupted thread uses it; this must be done anyway.
    boolean interrupted = Thread.interrupted();
    try {
      DurableFiles.deleteTree(directory);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot remove the temporary directory " + directory + ": " + e, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
