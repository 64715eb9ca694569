package caisson.guest.protocol;

/** Messages as bytes: a number for the kind, then its fields in their order. */
public final class MessageCodec {
  /** The kinds that begin a connection; {@link FrameReader#MAGIC} follows the number. */
  private static final int HELLO = 1;

  private static final int HELLO_REPLY = 2;
  private static final int REQUEST = 3;
  private static final int RESPONSE = 4;
  private static final int DATA = 5;
  private static final int END = 6;
  private static final int WINDOW = 7;
  private static final int EXITED = 8;
  private static final int EXIT_ACKNOWLEDGED = 9;

  private MessageCodec() {}

  /** The message as a frame's payload. */
  public static byte[] write(Message message) {
    Encoder out = new Encoder();
    write(message, out);
    return out.toBytes();
  }

  static void write(Message message, Encoder out) {
    switch (message) {
      case Message.Hello(var version, var high, var low, var received) -> {
        out.u8(HELLO).raw(FrameReader.MAGIC, 0, FrameReader.MAGIC.length).i64(high).i64(low);
        out.u16(version).list(received, MessageCodec::writePosition);
      }
      case Message.HelloReply(
              var version,
              var high,
              var low,
              var boot,
              var last,
              var processes) -> {
        out.u8(HELLO_REPLY).raw(FrameReader.MAGIC, 0, FrameReader.MAGIC.length);
        out.i64(high).i64(low).u16(version).i64(boot).i32(last);
        out.list(processes, MessageCodec::writeStatus);
      }
      case Message.Request(var id, var command) ->
          CommandCodec.write(command, out.u8(REQUEST).i32(id));
      case Message.Response(var id, var outcome, var text, var body) ->
          out.u8(RESPONSE).i32(id).u8(outcome.number()).string(text).bytes(body);
      case Message.Data(var process, var stream, var offset, var bytes) -> {
        writeDataHead(process, stream, offset, out);
        out.raw(bytes, 0, bytes.length);
      }
      case Message.End(var process, var stream, var offset) ->
          out.u8(END).i32(process).u8(stream.number()).i64(offset);
      case Message.Window(var process, var stream, var acknowledged, var limit) ->
          out.u8(WINDOW).i32(process).u8(stream.number()).i64(acknowledged).i64(limit);
      case Message.Exited(var process, var code, var signal, var outOfMemory) ->
          out.u8(EXITED).i32(process).u8(code).u8(signal).flag(outOfMemory);
      case Message.ExitAcknowledged(var process) -> out.u8(EXIT_ACKNOWLEDGED).i32(process);
    }
  }

  /** What a {@link Message.Data} has before its bytes. */
  static void writeDataHead(int process, Stream stream, long offset, Encoder out) {
    out.u8(DATA).i32(process).u8(stream.number()).i64(offset);
  }

  private static void writePosition(Message.Position position, Encoder out) {
    out.i32(position.process()).u8(position.stream().number()).i64(position.offset());
  }

  private static void writeStatus(Message.ProcessStatus status, Encoder out) {
    out.i32(status.process()).i32(status.pid()).i64(status.stdinReceived());
    out.flag(status.stdinEnded());
  }

  /**
   * Reads a frame's payload.
   *
   * @throws ProtocolException if it is no message
   */
  public static Message read(byte[] buffer, int from, int count) {
    Decoder in = new Decoder(buffer, from, count);
    Message message = read(in, buffer);
    in.finish();
    return message;
  }

  private static Message read(Decoder in, byte[] buffer) {
    int kind = in.u8();
    return switch (kind) {
      case HELLO -> {
        magic(in);
        long high = in.i64();
        long low = in.i64();
        yield new Message.Hello(in.u16(), high, low, in.list(MessageCodec::readPosition));
      }
      case HELLO_REPLY -> {
        magic(in);
        long high = in.i64();
        long low = in.i64();
        yield new Message.HelloReply(
            in.u16(), high, low, in.i64(), in.i32(), in.list(MessageCodec::readStatus));
      }
      case REQUEST -> request(in);
      case RESPONSE -> new Message.Response(in.i32(), Outcome.of(in.u8()), in.string(), in.bytes());
      case DATA -> data(in, buffer);
      case END -> new Message.End(in.i32(), Stream.of(in.u8()), in.size());
      case WINDOW -> new Message.Window(in.i32(), Stream.of(in.u8()), in.size(), in.size());
      case EXITED -> new Message.Exited(in.i32(), in.u8(), in.u8(), in.flag());
      case EXIT_ACKNOWLEDGED -> new Message.ExitAcknowledged(in.i32());
      default -> throw new ProtocolException("there is no message " + kind);
    };
  }

  private static Message request(Decoder in) {
    int id = in.i32();
    try {
      Command command = CommandCodec.read(in);
      in.finish();
      return new Message.Request(id, command);
    } catch (ProtocolException e) {
      throw e.in(id);
    }
  }

  private static Message data(Decoder in, byte[] buffer) {
    int process = in.i32();
    Stream stream = Stream.of(in.u8());
    long offset = in.size();
    int start = in.position();
    byte[] bytes = new byte[in.skipRest()];
    if (bytes.length == 0 || bytes.length > Protocol.MAX_DATA) {
      throw new ProtocolException("a piece of a stream has " + bytes.length + " bytes");
    }
    System.arraycopy(buffer, start, bytes, 0, bytes.length);
    return new Message.Data(process, stream, offset, bytes);
  }

  private static void magic(Decoder in) {
    for (byte expected : FrameReader.MAGIC) {
      if ((byte) in.u8() != expected) {
        throw new ProtocolException("a hello without its magic");
      }
    }
  }

  private static Message.Position readPosition(Decoder in) {
    return new Message.Position(in.i32(), Stream.of(in.u8()), in.size());
  }

  private static Message.ProcessStatus readStatus(Decoder in) {
    return new Message.ProcessStatus(in.i32(), in.i32(), in.size(), in.flag());
  }
}
