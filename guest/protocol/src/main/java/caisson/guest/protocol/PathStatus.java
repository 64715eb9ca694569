package caisson.guest.protocol;

/**
 * What is at a path of a container.
 *
 * @param mode type and permissions (inode(7))
 * @param size bytes
 * @param modified seconds since 1970
 * @param link what a symbolic link holds; empty for all else
 */
public record PathStatus(int mode, long size, long modified, String link) {
  public byte[] toBytes() {
    return new Encoder().i32(mode).i64(size).i64(modified).string(link).toBytes();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws ProtocolException if it is anything else
   */
  public static PathStatus of(byte[] body) {
    Decoder in = new Decoder(body, 0, body.length);
    PathStatus status = new PathStatus(in.i32(), in.size(), in.i64(), in.string());
    in.finish();
    return status;
  }
}
