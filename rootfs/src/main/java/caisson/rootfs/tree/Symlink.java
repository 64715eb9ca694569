package caisson.rootfs.tree;

/** A symbolic link; its target is never followed outside of the tree that it is in. */
public final class Symlink extends Node {
  private final ByteString target;

  public Symlink(Attributes attributes, ByteString target) {
    super(attributes);
    this.target = target;
  }

  public ByteString target() {
    return target;
  }
}
