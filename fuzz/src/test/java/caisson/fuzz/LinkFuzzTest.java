package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.runtime.link.Frame;
import caisson.runtime.link.Frames;
import caisson.runtime.link.InvalidFrameException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** What a monitor and the daemon tell each other, in pieces of any size. */
final class LinkFuzzTest {
  @FuzzTest
  void frames(byte[] bytes) {
    byte[] whole = read(bytes, bytes.length + 1);
    demand(
        Arrays.equals(whole, 0, whole.length, bytes, 0, whole.length),
        "frames are not written as they were read");
    demand(Arrays.equals(read(bytes, 1), whole), "single bytes hold other frames");
  }

  /** The frames that were understood, encoded again. */
  private static byte[] read(byte[] bytes, int piece) {
    var frames = new Frames();
    var encoded = new ByteArrayOutputStream();
    try {
      for (int at = 0; at < bytes.length; at += piece) {
        var next = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
        frames.add(next, next.length);
        for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) {
          encoded.writeBytes(frame.get().encode());
          look(frame.get());
        }
      }
    } catch (InvalidFrameException e) {
      // The side that hears such a thing ends the connection.
    }
    return encoded.toByteArray();
  }

  private static void look(Frame frame) {
    try {
      frame.source();
      frame.intAt(0);
      frame.longAt(1);
      frame.longAt(8);
    } catch (InvalidFrameException e) {
      demand(frame.payload().length < 16, "a frame is too short that is long enough");
    }
  }
}
