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

/** What a guest says to the host, and a host to a guest, in pieces of any size. */
final class FrameFuzzTest {
  /** As the seeds have it. */
  private static final long NONCE_HIGH = 2;

  private static final long NONCE_LOW = 3;

  @FuzzTest
  void frames(byte[] bytes) {
    int ofAgent = read(FrameReader.ofAgent(), bytes, 1);
    int ofHost = read(FrameReader.ofHost(NONCE_HIGH, NONCE_LOW), bytes, 1);
    for (int piece : new int[] {7, bytes.length + 1}) {
      boolean same =
          read(FrameReader.ofAgent(), bytes, piece) == ofAgent
              && read(FrameReader.ofHost(NONCE_HIGH, NONCE_LOW), bytes, piece) == ofHost;
      demand(same, "pieces of " + piece + " bytes hold other messages than single bytes");
    }
  }

  /** How many messages were understood before the conversation ended. */
  private static int read(FrameReader reader, byte[] bytes, int piece) {
    int messages = 0;
    try {
      for (int position = 0; position < bytes.length; ) {
        int count = Math.min(Math.min(piece, bytes.length - position), reader.room());
        demand(count > 0, "there is no room for a frame's next byte");
        System.arraycopy(bytes, position, reader.buffer(), reader.fillOffset(), count);
        reader.filled(count);
        position += count;
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
          messages++;
          roundTrip(next.get());
        }
      }
    } catch (ProtocolException e) {
      // The side that hears such a thing ends the conversation.
    }
    demand(
        reader.buffer().length <= 2 * Protocol.MAX_FRAME,
        "a reader keeps " + reader.buffer().length + " bytes");
    return messages;
  }

  /** Text that is no UTF-8 is read as something else, but the second time as the first. */
  private static void roundTrip(Message message) {
    byte[] written = MessageCodec.write(message);
    if (written.length <= Protocol.MAX_FRAME) {
      var again = MessageCodec.read(written, 0, written.length);
      demand(Arrays.equals(MessageCodec.write(again), written), message + " became " + again);
      demand(FrameWriter.ofAgent(message).length > written.length, "a frame has no header");
    }
  }
}
