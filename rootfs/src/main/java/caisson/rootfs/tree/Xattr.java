package caisson.rootfs.tree;

/** An extended attribute: its full name ({@code security.capability}) and its binary value. */
public record Xattr(ByteString name, ByteString value) {
  /** The longest name and value that Linux takes (limits.h); EROFS counts a value in 16 bits. */
  public static final int MAX_NAME = 255;

  public static final int MAX_VALUE = 65_535;
}
