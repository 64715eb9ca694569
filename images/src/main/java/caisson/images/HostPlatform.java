package caisson.images;

import caisson.oci.image.Descriptor.Platform;
import java.util.Optional;

/** What this host's machines run, in the words of Go that images use. */
final class HostPlatform {
  private HostPlatform() {}

  static Platform current() {
    String machine = System.getProperty("os.arch", "");
    String architecture =
        switch (machine) {
          case "x86_64" -> "amd64";
          case "aarch64" -> "arm64";
          default -> machine;
        };
    return new Platform(architecture, "linux", Optional.empty());
  }
}
