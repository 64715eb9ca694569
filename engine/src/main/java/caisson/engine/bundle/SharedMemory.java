package caisson.engine.bundle;

import caisson.guest.protocol.ContainerSetup.Mount;
import caisson.oci.runtime.MountSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Memory that containers share by a directory of the host: in the guest it is the machine's, of the
 * same size, and containers that name the same directory have the same.
 */
final class SharedMemory {
  private static final long USUAL = 64L << 20;

  private SharedMemory() {}

  static MountSpec mount(String destination, Path directory) {
    return new MountSpec(
        destination,
        Optional.of(Mount.MEMORY),
        Optional.of(name(directory)),
        List.of("nosuid", "noexec", "nodev", "mode=1777", "size=" + size(directory)),
        List.of(),
        List.of());
  }

  private static String name(Path directory) {
    var sum = new CRC32();
    sum.update(directory.normalize().toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits(sum.getValue());
  }

  /** In bytes: that of the tmpfs which the engine has mounted there. */
  private static long size(Path directory) {
    try {
      var store = Files.getFileStore(directory);
      return store.type().equals("tmpfs") ? store.getTotalSpace() : USUAL;
    } catch (IOException e) {
      return USUAL;
    }
  }
}
