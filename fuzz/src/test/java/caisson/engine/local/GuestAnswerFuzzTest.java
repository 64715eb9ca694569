package caisson.engine.local;

import static caisson.fuzz.Refusals.demand;

import caisson.guest.protocol.ProtocolException;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a guest says of a container's files: names and status of them. */
final class GuestAnswerFuzzTest {
  @FuzzTest
  void files(byte[] answer) {
    try {
      demand(ChangeList.read(answer).size() <= answer.length, "more changes than bytes");
    } catch (ProtocolException e) {
      // The guest is not believed.
    }
    try {
      demand(GuestFiles.status(answer).size() >= 0, "a file has a negative size");
    } catch (ProtocolException e) {
      // The guest is not believed.
    }
  }
}
