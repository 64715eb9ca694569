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
  /** What overlayfs notes for itself. */
  private static final String NOTES = "trusted.overlay.";

  private static final String OPAQUE = NOTES + "opaque";

  /** How a layer's archive says that a name is gone (image-spec, layer.md, "Whiteouts"). */
  private static final String WHITEOUT = ".wh.";

  private static final String OPAQUE_MARK = ".wh..wh..opq";

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

  /** Whether an attribute is no file's own. */
  static boolean isNote(String attribute) {
    return attribute.startsWith(NOTES);
  }

  /** What in an archive says that {@code entry} is gone. */
  static String whiteout(String entry) {
    return WHITEOUT + entry;
  }

  /** What in an archive says that its directory is opaque. */
  static String opaqueMark() {
    return OPAQUE_MARK;
  }

  /** Whether an archive would take the name for something else. */
  static boolean isReserved(String entry) {
    return entry.startsWith(WHITEOUT);
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
