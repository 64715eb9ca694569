package caisson.images;

import caisson.oci.image.Descriptor.Platform;
import java.util.Optional;

/** What virtual machines run, in the words of Go that images use: QEMU's microvm is an x86-64. */
final class GuestPlatform {
  private static final Platform ONLY = new Platform("amd64", "linux", Optional.empty());

  private GuestPlatform() {}

  static Platform current() {
    return ONLY;
  }
}
