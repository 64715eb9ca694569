package caisson.guest.protocol;

/** Puts messages into frames; see {@link FrameReader}. */
public final class FrameWriter {
  private FrameWriter() {}

  /** A frame from the host, with its check. */
  public static byte[] ofHost(Message message) {
    Encoder out = new Encoder();
    begin(out);
    MessageCodec.write(message, out);
    finish(out);
    int length = out.length() - FrameReader.HEADER;
    out.i32At(4, Crc32.of(out.buffer(), FrameReader.HEADER, length));
    return out.toBytes();
  }

  /** A frame from the agent. */
  public static byte[] ofAgent(Message message) {
    Encoder out = new Encoder();
    ofAgent(message, out);
    return out.toBytes();
  }

  /** Puts a frame from the agent into {@code out}, in place of what was there. */
  public static void ofAgent(Message message, Encoder out) {
    begin(out);
    MessageCodec.write(message, out);
    finish(out);
  }

  /** Puts the next frame of a stream into {@code out}, if there is one; nothing else is copied. */
  public static boolean ofAgent(SendWindow window, Encoder out) {
    begin(out);
    if (!window.poll(out)) {
      out.reset();
      return false;
    }
    finish(out);
    return true;
  }

  private static void begin(Encoder out) {
    out.reset().i32(0).i32(0);
  }

  private static void finish(Encoder out) {
    int length = out.length() - FrameReader.HEADER;
    if (length > Protocol.MAX_FRAME) {
      throw new ProtocolException("a message of " + length + " bytes does not fit into a frame");
    }
    out.i32At(0, length);
  }
}
