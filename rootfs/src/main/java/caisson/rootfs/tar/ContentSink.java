package caisson.rootfs.tar;

/** Takes the bytes of a member, piece by piece, in order. */
@FunctionalInterface
public interface ContentSink {
  /** Takes bytes that are valid only until it returns. */
  void accept(byte[] buffer, int offset, int length);
}
