package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * What has come of layers whose pull was broken off, so that a later pull goes on where it stopped.
 * Who never comes back for one loses it after a day.
 */
record Partials(Path directory) {
  private static final Duration LIFE = Duration.ofDays(1);

  /**
   * The file for a layer's archive. Who brings the layer uses it alone: the name has the diff id,
   * under which the layer is locked meanwhile.
   */
  Path file(RemoteImage.Layer layer) {
    return directory.resolve(layer.digest().hex() + "-" + layer.diffId().hex());
  }

  /** Deletes what nobody has written to for a day. */
  void sweep() {
    var oldest = FileTime.from(Instant.now().minus(LIFE));
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        if (Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot clear old downloads from " + directory + ": " + e, e);
    }
  }
}
