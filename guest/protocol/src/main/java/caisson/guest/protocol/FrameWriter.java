package caisson.guest.protocol;

/** Puts messages into frames; see {@link FrameReader}. */
public final class FrameWriter {
  private FrameWriter() {}

  /** A frame from the host, with its check. */
  public static byte[] ofHost(Message message) {
    byte[] payload = MessageCodec.write(message);
    return frame(payload, Crc32.of(payload, 0, payload.length));
  }

  /** A frame from the agent. */
  public static byte[] ofAgent(Message message) {
    return frame(MessageCodec.write(message), 0);
  }

  private static byte[] frame(byte[] payload, int check) {
    if (payload.length > Protocol.MAX_FRAME) {
      throw new ProtocolException(
          "a message of " + payload.length + " bytes does not fit into a frame");
    }
    Encoder out = new Encoder().i32(payload.length).i32(check);
    return out.raw(payload, 0, payload.length).toBytes();
  }
}
