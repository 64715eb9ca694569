package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Output.Source;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PatientLogTest {
  /** Takes a byte and fails, so many times, before it takes everything. */
  private static final class FullDisk implements PatientLog.Log {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final ErrorCode code;
    private int failures;

    FullDisk(int failures, ErrorCode code) {
      this.failures = failures;
      this.code = code;
    }

    @Override
    public void append(Source source, byte[] bytes) {
      if (failures > 0) {
        failures--;
        taken.write(bytes[0]);
        throw new CaissonException(code, "no space left");
      }
      taken.writeBytes(bytes);
    }

    @Override
    public long written(Source source) {
      return taken.size();
    }
  }

  @Test
  void waitsForRoomAndKeepsEveryByteOnce() throws Exception {
    var disk = new FullDisk(3, ErrorCode.NO_RESOURCES);
    keep(disk, false);
    assertThat(disk.taken.toString(StandardCharsets.UTF_8)).isEqualTo("output");
  }

  @Test
  void givesUpWhenTheProcessIsGone() {
    var disk = new FullDisk(3, ErrorCode.NO_RESOURCES);
    assertThatThrownBy(() -> keep(disk, true)).hasMessage("no space left");
  }

  @Test
  void givesUpWhenTheLogIsClosed() {
    var disk = new FullDisk(1, ErrorCode.UNAVAILABLE);
    assertThatThrownBy(() -> keep(disk, false)).hasMessage("no space left");
  }

  private static void keep(FullDisk disk, boolean exited) throws InterruptedException {
    new PatientLog(disk, () -> exited, Duration.ofNanos(1))
        .keep(Source.STDOUT, "output".getBytes(StandardCharsets.UTF_8));
  }
}
