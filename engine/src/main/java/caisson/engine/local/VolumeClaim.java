package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a volume is there for itself. One that is not is there for a container that is being
 * created or removed: a daemon that is killed meanwhile leaves one of them or both, and the next
 * keeps the volume if it finds the container.
 *
 * @param directory the volume's
 */
record VolumeClaim(Path directory) {
  private Path absence() {
    return directory.resolve("unclaimed");
  }

  boolean there() {
    return Files.notExists(absence());
  }

  /** Durable when this returns. */
  void write(boolean claimed) {
    try {
      if (claimed) {
        Files.deleteIfExists(absence());
      } else {
        DurableFiles.write(absence(), new byte[0]);
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot note whose the volume " + directory + " is: " + e, e);
    }
  }
}
