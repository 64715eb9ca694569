package caisson.agent.archive;

import caisson.libc.ExtendedAttributes;
import caisson.libc.FileStatus;
import java.util.List;
import java.util.Set;

/**
 * What a container has of its own, as overlayfs keeps it (the kernel's
 * Documentation/filesystems/overlayfs.rst).
 *
 * @param upper the directory with it
 * @param lower the image's root
 * @param given names, from the root, of what was made for the container's mounts and is not its own
 */
public record OwnLayer(String upper, String lower, Set<String> given) {
  private static final String OPAQUE = "trusted.overlay.opaque";

  /** Whether it says that something of the image is gone. */
  static boolean isWhiteout(FileStatus status) {
    return (status.mode() & FileStatus.S_IFMT) == FileStatus.S_IFCHR
        && status.specialMajor() == 0
        && status.specialMinor() == 0;
  }

  /** Whether nothing of the image's directory shows through the open one. */
  static boolean isOpaque(int directory) {
    List<String> names = ExtendedAttributes.names(directory);
    return names.contains(OPAQUE) && ExtendedAttributes.get(directory, OPAQUE)[0] == 'y';
  }

  /** Whether something was made for a mount in the directory {@code name}, which dates it anew. */
  boolean isGivenTo(String name) {
    for (String each : given) {
      if (each.startsWith(name + "/")) {
        return true;
      }
    }
    return false;
  }
}
