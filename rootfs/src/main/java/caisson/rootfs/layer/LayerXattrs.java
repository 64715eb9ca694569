package caisson.rootfs.layer;

import caisson.rootfs.tar.TarType;
import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Xattr;
import java.util.List;

/**
 * Which extended attributes of a member become attributes of its file: those that Linux would set.
 * The others are dropped, as unpacking with tar or Docker drops them. Overlayfs's own attributes
 * are dropped too: in an image they would steer the guest's overlay and not describe a file.
 */
final class LayerXattrs {
  private static final ByteString USER = ByteString.of("user.");
  private static final ByteString TRUSTED = ByteString.of("trusted.");
  private static final ByteString SECURITY = ByteString.of("security.");
  private static final ByteString OVERLAY = ByteString.of("trusted.overlay.");
  private static final ByteString ACCESS_ACL = ByteString.of("system.posix_acl_access");
  private static final ByteString DEFAULT_ACL = ByteString.of("system.posix_acl_default");

  /** Version, then owner, group and others: such a list says no more than the mode. */
  private static final int TRIVIAL_ACL = 4 + 3 * 8;

  private static final int ACL_VERSION = 2;

  private LayerXattrs() {}

  static List<Xattr> accepted(List<Xattr> xattrs, TarType type) {
    return xattrs.isEmpty()
        ? xattrs
        : xattrs.stream().filter(xattr -> accepts(xattr, type)).toList();
  }

  private static boolean accepts(Xattr xattr, TarType type) {
    var name = xattr.name();
    if (name.startsWith(USER)) {
      // Linux has user attributes on files and directories only (xattr(7)).
      return longer(name, USER) && (type == TarType.FILE || type == TarType.DIRECTORY);
    }
    if (name.startsWith(TRUSTED)) {
      return longer(name, TRUSTED) && !name.startsWith(OVERLAY);
    }
    if (name.equals(ACCESS_ACL)) {
      return type != TarType.SYMLINK && isAcl(xattr.value(), TRIVIAL_ACL + 1);
    }
    if (name.equals(DEFAULT_ACL)) {
      return type == TarType.DIRECTORY && isAcl(xattr.value(), TRIVIAL_ACL);
    }
    return name.startsWith(SECURITY) && longer(name, SECURITY);
  }

  private static boolean longer(ByteString name, ByteString prefix) {
    return name.length() > prefix.length();
  }

  private static boolean isAcl(ByteString value, int shortest) {
    return value.length() >= shortest
        && value.length() % 8 == 4
        && value.at(0) == ACL_VERSION
        && value.at(1) == 0
        && value.at(2) == 0
        && value.at(3) == 0;
  }
}
