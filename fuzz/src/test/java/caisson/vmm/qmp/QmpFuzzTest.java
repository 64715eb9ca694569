package caisson.vmm.qmp;

import static caisson.fuzz.Refusals.demand;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;

/** What QEMU says, which may be a guest that has taken it over. */
final class QmpFuzzTest {
  @FuzzTest
  void lines(byte[] bytes) {
    var lines = new JsonLines(Channels.newChannel(new ByteArrayInputStream(bytes)));
    try {
      for (int count = 0; count <= bytes.length; count++) {
        demand(lines.next().isObject(), "what is no object is taken for one");
      }
      throw new AssertionError("there are more lines than bytes");
    } catch (IOException e) {
      // The connection ends there.
    }
  }
}
