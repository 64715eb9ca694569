package caisson.api.docker.mounts;

import caisson.api.http.BadRequest;
import java.nio.file.Path;

/** Paths in containers that something can be mounted at. */
final class ContainerPath {
  private ContainerPath() {}

  /** The path without dots and doubled slashes. */
  static String checked(String path) {
    if (path.isEmpty()) {
      throw BadRequest.of("field Target must not be empty");
    }
    if (!path.startsWith("/")) {
      throw BadRequest.of("invalid mount path: '" + path + "' mount path must be absolute");
    }
    var clean = clean(path);
    if (clean.equals("/")) {
      throw BadRequest.of("invalid specification: destination can't be '/'");
    }
    return clean;
  }

  static String clean(String path) {
    if (path.indexOf('\0') >= 0) {
      throw BadRequest.of("a path cannot hold a zero byte");
    }
    return Path.of(path).normalize().toString();
  }
}
