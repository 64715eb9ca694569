package caisson.rootfs.erofs;

import caisson.rootfs.tree.ByteString;
import caisson.rootfs.tree.Directory;
import caisson.rootfs.tree.Node;
import caisson.rootfs.tree.NodeList;
import caisson.rootfs.tree.Xattr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The extended attributes of an image (erofs_fs.h, struct erofs_xattr_ibody_header and
 * erofs_xattr_entry). What several inodes have is stored once, in the shared area; the rest lies
 * behind its inode.
 */
final class Xattrs {
  private static final ByteString OPAQUE = ByteString.of("trusted.overlay.opaque");
  private static final Xattr OPAQUE_MARK = new Xattr(OPAQUE, ByteString.of("y"));

  /** Bytes of the header before an inode's attributes. */
  static final int HEADER = 12;

  private static final int ENTRY = 4;

  /** An inode counts its shared attributes in one byte. */
  private static final int MAX_SHARED = 255;

  /** Offset in the shared area of every attribute in it, in the order of the area. */
  private final Map<Xattr, Integer> shared = new LinkedHashMap<>();

  private int sharedBytes;

  private Xattrs() {}

  static Xattrs of(NodeList nodes) {
    var seen = new HashMap<Xattr, Integer>();
    for (int i = 0; i < nodes.size(); i++) {
      for (var xattr : of(nodes.get(i))) {
        seen.merge(xattr, 1, Integer::sum);
      }
    }
    var table = new Xattrs();
    for (int i = 0; i < nodes.size(); i++) {
      for (var xattr : of(nodes.get(i))) {
        if (seen.getOrDefault(xattr, 0) > 1) {
          table.share(xattr);
        }
      }
    }
    return table;
  }

  private void share(Xattr xattr) {
    if (shared.putIfAbsent(xattr, sharedBytes) == null) {
      sharedBytes += entryBytes(xattr);
    }
  }

  private static List<Xattr> of(Node node) {
    var own = node.attributes().xattrs();
    if (node instanceof Directory directory && directory.isOpaque()) {
      var all = new ArrayList<>(own);
      all.add(OPAQUE_MARK);
      return all;
    }
    return own;
  }

  /** The length of the attributes behind {@code node}'s inode. */
  int inlineBytes(Node node) {
    var xattrs = of(node);
    if (xattrs.isEmpty()) {
      return 0;
    }
    int bytes = HEADER;
    int references = 0;
    for (var xattr : xattrs) {
      boolean reference = references < MAX_SHARED && shared.containsKey(xattr);
      bytes += reference ? Integer.BYTES : entryBytes(xattr);
      references += reference ? 1 : 0;
    }
    return bytes;
  }

  /** The attributes behind {@code node}'s inode: header, references, entries. */
  byte[] inline(Node node) {
    var buffer = ByteBuffer.allocate(inlineBytes(node)).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.capacity() == 0) {
      return buffer.array();
    }
    buffer.position(HEADER);
    var own = new ArrayList<Xattr>();
    int references = 0;
    for (var xattr : of(node)) {
      var offset = shared.get(xattr);
      if (offset != null && references < MAX_SHARED) {
        buffer.putInt(offset / Integer.BYTES);
        references++;
      } else {
        own.add(xattr);
      }
    }
    own.forEach(xattr -> put(xattr, buffer));
    buffer.put(Integer.BYTES, (byte) references);
    return buffer.array();
  }

  int sharedBytes() {
    return sharedBytes;
  }

  byte[] sharedArea() {
    var buffer = ByteBuffer.allocate(sharedBytes).order(ByteOrder.LITTLE_ENDIAN);
    shared.keySet().forEach(xattr -> put(xattr, buffer));
    return buffer.array();
  }

  private static int entryBytes(Xattr xattr) {
    int name = xattr.name().length() - XattrPrefix.of(xattr.name()).length();
    return (ENTRY + name + xattr.value().length() + 3) & -4;
  }

  private static void put(Xattr xattr, ByteBuffer buffer) {
    var prefix = XattrPrefix.of(xattr.name());
    var name = xattr.name().substring(prefix.length());
    int start = buffer.position();
    buffer.put((byte) name.length()).put((byte) prefix.index());
    buffer.putShort((short) xattr.value().length());
    buffer.put(name.toByteArray()).put(xattr.value().toByteArray());
    buffer.position(start + entryBytes(xattr));
  }
}
