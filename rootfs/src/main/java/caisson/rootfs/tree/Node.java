package caisson.rootfs.tree;

import java.time.Instant;
import java.util.List;

/**
 * A file of any type. A node with several names (hard links) is one object in several places. There
 * may be a million of them at a time, so attributes are kept as plain numbers.
 */
public abstract sealed class Node permits Directory, RegularFile, Symlink, SpecialFile {
  private int mode;
  private int uid;
  private int gid;
  private long seconds;
  private int nanos;
  private List<Xattr> xattrs = List.of();
  private int number;

  Node(Attributes attributes) {
    keep(attributes);
  }

  public final Attributes attributes() {
    return new Attributes(mode, uid, gid, Instant.ofEpochSecond(seconds, nanos), xattrs);
  }

  final void attributes(Attributes replacement) {
    keep(replacement);
  }

  private void keep(Attributes attributes) {
    mode = attributes.mode();
    uid = attributes.uid();
    gid = attributes.gid();
    var modified = attributes.modified();
    seconds = modified.getEpochSecond();
    nanos = modified.getNano();
    xattrs = attributes.xattrs();
  }

  /** Its place in the {@link NodeList} that was made last; meaningless without one. */
  public final int number() {
    return number;
  }

  final void number(int place) {
    number = place;
  }
}
