package caisson.rootfs.tree;

/** A file of any type. A node with several names (hard links) is one object in several places. */
public abstract sealed class Node permits Directory, RegularFile, Symlink, SpecialFile {
  private Attributes attributes;
  private int number;

  Node(Attributes attributes) {
    this.attributes = attributes;
  }

  public final Attributes attributes() {
    return attributes;
  }

  final void attributes(Attributes replacement) {
    attributes = replacement;
  }

  /** Its place in the {@link NodeList} that was made last; meaningless without one. */
  public final int number() {
    return number;
  }

  final void number(int place) {
    number = place;
  }
}
