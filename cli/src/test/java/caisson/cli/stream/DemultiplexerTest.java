package caisson.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.cli.console.Output;
import caisson.cli.fake.FakeContainer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DemultiplexerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private void copy(InputStream frames) throws IOException {
    new Demultiplexer(frames, new Output(out), new Output(err)).copyAll();
  }

  /** A stream that gives at most {@code most} bytes at a time, as sockets do. */
  private static InputStream dribbling(byte[] bytes, int most) {
    var whole = new ByteArrayInputStream(bytes);
    return new InputStream() {
      @Override
      public int read() {
        return whole.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        return whole.read(target, offset, Math.min(length, most));
      }
    };
  }

  @Property(tries = 200)
  void separatesTheOutputs(
      @ForAll @Size(max = 20) List<String> texts, @ForAll @IntRange(min = 1, max = 50) int most)
      throws IOException {
    out.reset();
    err.reset();
    var frames = new ByteArrayOutputStream();
    var wantedOut = new StringBuilder();
    var wantedErr = new StringBuilder();
    for (int i = 0; i < texts.size(); i++) {
      var text = new String(texts.get(i).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      FakeContainer.frame(frames, 1 + i % 2, text);
      (i % 2 == 0 ? wantedOut : wantedErr).append(text);
    }
    copy(dribbling(frames.toByteArray(), most));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(wantedOut.toString());
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(wantedErr.toString());
  }

  @Test
  void tellsWhenTheStreamEndsWithinAFrame() throws IOException {
    var frames = new ByteArrayOutputStream();
    FakeContainer.frame(frames, 1, "hello");
    byte[] whole = frames.toByteArray();
    for (int length = 1; length < whole.length; length++) {
      var part = new ByteArrayInputStream(whole, 0, length);
      assertThatThrownBy(() -> copy(part)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void throwsWhatTheDaemonReports() throws IOException {
    var frames = new ByteArrayOutputStream();
    FakeContainer.frame(frames, 3, "the log is gone");
    assertThatThrownBy(() -> copy(new ByteArrayInputStream(frames.toByteArray())))
        .isInstanceOf(CaissonException.class)
        .hasMessage("error from daemon in stream: the log is gone");
  }

  @Test
  void refusesWhatIsNoSuchStream() {
    var text = new ByteArrayInputStream("plain text".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> copy(text))
        .isInstanceOf(CaissonException.class)
        .hasMessage("unrecognized stream type in a frame's header: 112");
  }
}
