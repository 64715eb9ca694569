package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that a container's id is written to, if one was asked for. It is made before the
 * container, so that two of them never write to one, and goes away again if there is none.
 */
final class CidFile implements AutoCloseable {
  private final Optional<Path> file;
  private boolean keep;

  private CidFile(Optional<Path> file) {
    this.file = file;
  }

  /** Makes the file {@code name}, or none for the empty name. */
  static CidFile create(String name) {
    if (name.isEmpty()) {
      return new CidFile(Optional.empty());
    }
    try {
      return new CidFile(Optional.of(Files.createFile(Path.of(name))));
    } catch (FileAlreadyExistsException e) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "container ID file found, make sure the other container isn't running or delete " + name,
          e);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "failed to create the container ID file: " + e, e);
    }
  }

  void write(String id) {
    if (file.isPresent()) {
      try {
        Files.writeString(file.get(), id);
      } catch (IOException e) {
        throw new CaissonException(
            ErrorCode.NO_RESOURCES,
            "failed to write the container ID (" + id + ") to file: " + e,
            e);
      }
    }
    keep = true;
  }

  /** The container is gone, so the file goes too. */
  void forget() {
    keep = false;
  }

  @Override
  public void close() {
    if (file.isPresent() && !keep) {
      try {
        Files.deleteIfExists(file.get());
      } catch (IOException e) {
        throw new CaissonException(ErrorCode.INTERNAL, "failed to remove the CID file: " + e, e);
      }
    }
  }
}
