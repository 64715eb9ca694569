package caisson.rootfs.tree;

/** A device, a fifo or a socket: a node without data. */
public final class SpecialFile extends Node {
  /** What it is. */
  public enum Kind {
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    SOCKET
  }

  private final Kind kind;
  private final int major;
  private final int minor;

  public SpecialFile(Attributes attributes, Kind kind, int major, int minor) {
    super(attributes);
    this.kind = kind;
    this.major = major;
    this.minor = minor;
  }

  /** What overlayfs takes for "this name does not exist": a character device with number 0:0. */
  public static SpecialFile whiteout(Attributes attributes) {
    return new SpecialFile(attributes, Kind.CHARACTER_DEVICE, 0, 0);
  }

  public Kind kind() {
    return kind;
  }

  public int major() {
    return major;
  }

  public int minor() {
    return minor;
  }

  public boolean isWhiteout() {
    return kind == Kind.CHARACTER_DEVICE && major == 0 && minor == 0;
  }
}
