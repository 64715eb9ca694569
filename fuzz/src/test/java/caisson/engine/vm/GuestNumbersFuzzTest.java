package caisson.engine.vm;

import static caisson.fuzz.Refusals.demand;

import caisson.base.ByteSize;
import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.Task;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;

/** What a guest says that its processes are and take. */
final class GuestNumbersFuzzTest {
  private static final ByteSize MEMORY = ByteSize.ofMib(128);

  @FuzzTest
  void numbers(byte[] body) {
    try {
      var stats = GuestNumbers.stats(ContainerUsage.of(body), Instant.EPOCH, 2, MEMORY);
      demand(stats.memoryLimit() <= MEMORY.bytes(), "a container's limit is above the machine's");
    } catch (ProtocolException e) {
      // The guest is not believed.
    }
    try {
      for (var task : Task.of(body)) {
        demand(GuestNumbers.task(task).uid() >= 0, "a user's number is negative");
      }
    } catch (ProtocolException e) {
      // The guest is not believed.
    }
  }
}
