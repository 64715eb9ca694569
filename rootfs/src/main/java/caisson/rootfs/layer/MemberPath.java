package caisson.rootfs.layer;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.rootfs.tree.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * The name of a member, taken apart: from the root of the layer downwards, without leading slashes,
 * empty parts and ".". A name with ".." is refused: no honest archive has one.
 */
record MemberPath(ByteString text, List<ByteString> parts) {
  /** The longest file name that Linux has (NAME_MAX). */
  private static final int MAX_PART = 255;

  private static final ByteString PARENT = ByteString.of("..");
  private static final ByteString SELF = ByteString.of(".");

  MemberPath {
    parts = List.copyOf(parts);
  }

  static MemberPath parse(ByteString name) {
    var parts = split(name);
    for (var part : parts) {
      if (part.equals(PARENT)) {
        throw refused(name, "it has \"..\" in it");
      }
      if (part.length() > MAX_PART) {
        throw refused(name, "a part of it is longer than " + MAX_PART + " bytes");
      }
    }
    return new MemberPath(name, parts);
  }

  /** The parts between slashes that are neither empty nor ".". */
  static List<ByteString> split(ByteString path) {
    var parts = new ArrayList<ByteString>();
    int at = 0;
    while (at < path.length()) {
      int slash = path.indexOf('/', at);
      int end = slash < 0 ? path.length() : slash;
      var part = path.substring(at, end);
      if (!part.isEmpty() && !part.equals(SELF)) {
        parts.add(part);
      }
      at = end + 1;
    }
    return parts;
  }

  static boolean isParent(ByteString part) {
    return part.equals(PARENT);
  }

  boolean isRoot() {
    return parts.isEmpty();
  }

  /** The last part; there is one unless this is the root. */
  ByteString last() {
    return parts.getLast();
  }

  List<ByteString> parents() {
    return parts.subList(0, parts.size() - 1);
  }

  /** An exception that says why a member of this name cannot be unpacked. */
  CaissonException refused(String why) {
    return refused(text, why);
  }

  private static CaissonException refused(ByteString name, String why) {
    return new CaissonException(
        ErrorCode.CORRUPT, "cannot unpack the layer's member \"" + name + "\": " + why);
  }
}
