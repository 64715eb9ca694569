package caisson.rootfs.erofs;

import caisson.rootfs.tree.ByteString;

/** The beginnings of attribute names that EROFS stores as a number (EROFS_XATTR_INDEX_…). */
enum XattrPrefix {
  USER(1, "user."),
  ACCESS_ACL(2, "system.posix_acl_access"),
  DEFAULT_ACL(3, "system.posix_acl_default"),
  TRUSTED(4, "trusted."),
  SECURITY(6, "security.");

  private final int index;
  private final ByteString text;

  XattrPrefix(int index, String text) {
    this.index = index;
    this.text = ByteString.of(text);
  }

  /** The prefix of {@code name}; a tree has only names that have one. */
  static XattrPrefix of(ByteString name) {
    for (var prefix : values()) {
      if (name.startsWith(prefix.text)) {
        return prefix;
      }
    }
    throw new IllegalArgumentException("EROFS cannot store the attribute " + name);
  }

  int index() {
    return index;
  }

  int length() {
    return text.length();
  }
}
