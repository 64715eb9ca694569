package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.MessageCodec;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

/** One message, whose frame and check are right: as a guest that lies would send it. */
final class MessageFuzzTest {
  @FuzzTest
  void message(byte[] payload) {
    try {
      var message = MessageCodec.read(payload, 0, payload.length);
      byte[] written = MessageCodec.write(message);
      demand(
          Arrays.equals(MessageCodec.write(MessageCodec.read(written, 0, written.length)), written),
          message + " is not read as it was written");
      if (written.length <= Protocol.MAX_FRAME) {
        demand(isHeard(message), message + " is lost on its way to the agent");
      }
    } catch (ProtocolException e) {
      // The side that hears such a thing ends the conversation.
    }
  }

  private static boolean isHeard(Message message) {
    var reader = FrameReader.ofAgent();
    var hello = new Message.Hello(1, 2, 3, List.of());
    return hear(reader, hello) && hear(reader, message);
  }

  private static boolean hear(FrameReader reader, Message message) {
    byte[] frame = FrameWriter.ofHost(message);
    for (int at = 0; at < frame.length; ) {
      int count = Math.min(reader.room(), frame.length - at);
      System.arraycopy(frame, at, reader.buffer(), reader.fillOffset(), count);
      reader.filled(count);
      at += count;
    }
    return reader.next().isPresent();
  }
}
