package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the daemon's directories, and makes sure that they are the daemon's. */
final class Directories {
  private Directories() {}

  /**
   * Makes a directory that is missing, with those above it.
   *
   * @param mode like {@code rwx------}
   * @throws CaissonException FORBIDDEN if it is another user's
   */
  static void own(Path directory, String mode, int uid) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory.getParent());
        Files.createDirectory(
            directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
      }
      var owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (!owner.equals(uid)) {
        throw new CaissonException(
            ErrorCode.FORBIDDEN,
            directory + " belongs to user " + owner + ", not to this daemon's user " + uid);
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot make the directory " + directory + ": " + e, e);
    }
  }
}
