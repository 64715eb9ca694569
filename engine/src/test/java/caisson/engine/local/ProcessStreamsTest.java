package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.engine.Output.Source;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ProcessStreamsTest {
  /** The first piece for which a client has no room. */
  private static final int BEYOND_QUEUE = 9;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final ProcessStreams streams = new ProcessStreams((s, b) -> kept.writeBytes(b), true);
  private final Sink sink = new Sink();

  @Test
  void everyClientGetsTheStreamsItAskedForAndThenTheEnd() throws Exception {
    try (var both = streams.attach(false, true, true);
        var errors = streams.attach(false, false, true)) {
      streams.output(Source.STDOUT, bytes("out"));
      streams.output(Source.STDERR, bytes("err"));
      streams.end();
      assertThat(both.read().orElseThrow().bytes()).isEqualTo(bytes("out"));
      assertThat(both.read().orElseThrow().source()).isEqualTo(Source.STDERR);
      assertThat(both.read()).isEmpty();
      assertThat(both.read()).isEmpty();
      assertThat(errors.read().orElseThrow().bytes()).isEqualTo(bytes("err"));
      assertThat(errors.read()).isEmpty();
    }
    assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("outerr");
  }

  @Test
  void aClientThatJoinsAfterTheEndSeesTheEnd() throws Exception {
    streams.end();
    try (var late = streams.attach(true, true, true)) {
      assertThat(late.read()).isEmpty();
      late.write(bytes("x"), 0, 1);
    }
  }

  @Test
  void outputWaitsForASlowClientAndGoesOnWhenItLetsGo() throws Exception {
    var slow = streams.attach(false, true, false);
    var blocked = new CountDownLatch(BEYOND_QUEUE);
    var writer = startWriting(100, blocked);
    blocked.await();
    assertThat(writer.isAlive()).isTrue();
    assertThat(kept.size()).isLessThan(100);
    slow.close();
    writer.join();
    assertThat(kept.size()).isEqualTo(100);
  }

  @Test
  void whatIsLeftOfAProcessThatIsGoneWaitsForNobody() throws Exception {
    try (var slow = streams.attach(false, true, false)) {
      var blocked = new CountDownLatch(BEYOND_QUEUE);
      var writer = startWriting(100, blocked);
      blocked.await();
      streams.exited();
      writer.join();
      streams.end();
      for (int i = 0; i < 100; i++) {
        assertThat(slow.read()).isPresent();
      }
      assertThat(slow.read()).isEmpty();
    }
  }

  private Thread startWriting(int pieces, CountDownLatch begun) {
    return Thread.startVirtualThread(() -> {
      try {
        for (int i = 0; i < pieces; i++) {
          begun.countDown();
          streams.output(Source.STDOUT, bytes("x"));
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Test
  void inputSentBeforeTheStartArrivesAfterIt() throws Exception {
    var client = streams.attach(true, true, true);
    var sender =
        Thread.startVirtualThread(() -> {
          try {
            client.write(bytes("early"), 0, 5);
            client.closeStdin();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    streams.started(sink);
    sender.join();
    assertThat(sink.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("early");
    assertThat(sink.closed).isTrue();
  }

  @Test
  void anEndOfInputBeforeTheStartIsRemembered() {
    streams.attach(true, true, true).closeStdin();
    streams.started(sink);
    assertThat(sink.closed).isTrue();
  }

  @Test
  void aClientWithoutInputEndsNothing() {
    streams.attach(false, true, true).closeStdin();
    streams.started(sink);
    assertThat(sink.closed).isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Sink implements StdinSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    @Override
    public void write(byte[] data, int offset, int length) {
      bytes.write(data, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
