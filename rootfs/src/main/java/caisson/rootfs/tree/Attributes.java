package caisson.rootfs.tree;

import java.time.Instant;
import java.util.List;

/**
 * What every node of a tree has.
 *
 * @param mode permission bits only (07777)
 * @param uid owner, an unsigned 32-bit number
 * @param gid group, an unsigned 32-bit number
 * @param modified to the nanosecond
 */
public record Attributes(int mode, int uid, int gid, Instant modified, List<Xattr> xattrs) {
  /** Of a directory that no entry describes and only a path implies. */
  public static final Attributes IMPLIED = new Attributes(0755, 0, 0, Instant.EPOCH, List.of());

  public Attributes {
    xattrs = List.copyOf(xattrs);
  }

  public Attributes withMode(int replacement) {
    return new Attributes(replacement, uid, gid, modified, xattrs);
  }

  public Attributes withXattrs(List<Xattr> replacement) {
    return new Attributes(mode, uid, gid, modified, replacement);
  }
}
