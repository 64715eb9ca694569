package caisson.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.agent.channel.Answer;
import caisson.agent.channel.Channel;
import caisson.agent.channel.Guest;
import caisson.agent.channel.Port;
import caisson.agent.channel.ProcessChannel;
import caisson.agent.loop.EventLoop;
import caisson.agent.loop.Source;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import caisson.libc.PollSet;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A process's pipes, between the process and the windows of the channel. */
final class StreamsTest {
  private final ListLoop loop = new ListLoop();

  /** A loop of which the test is the motor. */
  private static final class ListLoop implements EventLoop {
    final List<Source> sources = new ArrayList<>();

    @Override
    public void add(Source source) {
      sources.add(source);
    }

    @Override
    public void remove(Source source) {
      sources.remove(source);
    }

    @Override
    public void after(long nanoseconds, Runnable action) {
      throw new AssertionError("nothing here waits for time");
    }

    /** Every source that waits for something finds it, {@code times} times. */
    void turn(int times) {
      for (int i = 0; i < times; i++) {
        for (var source : List.copyOf(sources)) {
          if (source.interest() != 0) {
            source.ready(source.interest());
          }
        }
      }
    }
  }

  /** A pipe with a process at its other end. */
  private static final class FakePipe implements Pipe {
    int content;
    boolean endless;
    boolean writerGone;
    boolean readerGone;
    int capacity = Integer.MAX_VALUE;
    boolean closed;
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public int fd() {
      return 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (content == 0) {
        return writerGone ? CLOSED : WOULD_BLOCK;
      }
      int count = Math.min(content, length);
      content -= endless ? 0 : count;
      return count;
    }

    @Override
    public int write(byte[] buffer, int offset, int length) {
      if (readerGone) {
        return CLOSED;
      }
      int count = Math.min(length, capacity);
      capacity -= count;
      taken.write(buffer, offset, count);
      return count == 0 ? WOULD_BLOCK : count;
    }

    @Override
    public void close() {
      assertThat(closed).as("closed before").isFalse();
      closed = true;
    }
  }

  private static ProcessChannel process(boolean stdin) {
    Port nowhere =
        new Port() {
          @Override
          public int read(byte[] buffer, int offset, int length) {
            return 0;
          }

          @Override
          public int write(byte[] buffer, int offset, int length) {
            return WOULD_BLOCK;
          }
        };
    var guest =
        new Guest() {
          @Override
          public void handle(Command command, Answer answer) {}

          @Override
          public long now() {
            return 0;
          }

          @Override
          public void complain(String message) {}
        };
    return new Channel(0, nowhere, FrameReader.ofAgent(), guest).open(1, false, stdin);
  }

  /** The receiver takes everything that is sent. */
  private static int takeAll(SendWindow window) {
    int taken = 0;
    for (var next = window.poll(); next.isPresent(); next = window.poll()) {
      if (next.get() instanceof Message.Data data) {
        taken += data.bytes().length;
        long end = data.offset() + data.bytes().length;
        window.acknowledge(end, end + Protocol.WINDOW);
      }
    }
    return taken;
  }

  @Test
  void aProcessThatNobodyListensToWaits() {
    var channel = process(false);
    var streams = new ProcessStreams(loop, channel);
    var flood = new FakePipe();
    flood.endless = true;
    flood.content = Protocol.WINDOW;
    streams.attach(Optional.empty(), List.of(flood, new FakePipe()));
    loop.turn(1000);
    assertThat(channel.outputs().getFirst().room()).isZero();
    assertThat(loop.sources.getFirst().interest()).isZero();
    assertThat(takeAll(channel.outputs().getFirst())).isEqualTo(Protocol.WINDOW);
    assertThat(loop.sources.getFirst().interest()).isEqualTo(PollSet.POLLIN);
  }

  @Test
  void outputEndsWhenItsLastWriterHasGone() {
    var channel = process(false);
    var streams = new ProcessStreams(loop, channel);
    var out = new FakePipe();
    var err = new FakePipe();
    out.content = 10;
    out.writerGone = true;
    streams.attach(Optional.empty(), List.of(out, err));
    loop.turn(100);
    assertThat(channel.outputs().getFirst().finished()).isTrue();
    assertThat(out.closed).isTrue();
    assertThat(streams.finished()).isFalse();
    err.writerGone = true;
    loop.turn(100);
    assertThat(streams.finished()).isTrue();
    assertThat(loop.sources).isEmpty();
  }

  @Test
  void whatIsInAPipeThatOthersHoldOpenIsTakenBeforeItIsClosed() {
    var channel = process(false);
    var streams = new ProcessStreams(loop, channel);
    var out = new FakePipe();
    out.content = Protocol.WINDOW + 1000;
    streams.attach(Optional.empty(), List.of(out));
    streams.drain();
    assertThat(streams.finished()).isFalse();
    int taken = takeAll(channel.outputs().getFirst());
    streams.drain();
    assertThat(streams.finished()).isTrue();
    assertThat(taken + takeAll(channel.outputs().getFirst())).isEqualTo(Protocol.WINDOW + 1000);
    assertThat(out.closed).isTrue();
  }

  @Test
  void aWriterThatNeverStopsIsCutOff() {
    var channel = process(false);
    var streams = new ProcessStreams(loop, channel);
    var out = new FakePipe();
    out.content = 4096;
    out.endless = true;
    streams.attach(Optional.empty(), List.of(out));
    int taken = 0;
    while (!streams.finished()) {
      streams.drain();
      taken += takeAll(channel.outputs().getFirst());
    }
    assertThat(taken).isBetween(Output.MAX_PIPE, Output.MAX_PIPE + Protocol.WINDOW);
  }

  @Test
  void inputEndsBehindItsLastByte() {
    var channel = process(true);
    var streams = new ProcessStreams(loop, channel);
    var in = new FakePipe();
    in.capacity = 3;
    streams.attach(Optional.of(in), List.of());
    var input = channel.input().orElseThrow();
    input.accept(new Message.Data(1, Stream.STDIN, 0, new byte[5]));
    input.accept(new Message.End(1, Stream.STDIN, 5));
    loop.turn(3);
    streams.settle();
    assertThat(in.taken.size()).isEqualTo(3);
    assertThat(in.closed).isFalse();
    in.capacity = 2;
    loop.turn(3);
    streams.settle();
    streams.settle();
    assertThat(in.taken.size()).isEqualTo(5);
    assertThat(in.closed).isTrue();
  }

  @Test
  void inputThatNobodyReadsIsDealtWithAsItComes() {
    var channel = process(true);
    var streams = new ProcessStreams(loop, channel);
    var in = new FakePipe();
    in.readerGone = true;
    streams.attach(Optional.of(in), List.of());
    var input = channel.input().orElseThrow();
    int piece = Protocol.MAX_DATA;
    for (long offset = 0; offset < 4L * Protocol.WINDOW; offset += piece) {
      var data = new Message.Data(1, Stream.STDIN, offset, new byte[piece]);
      input.accept(data);
      loop.turn(1);
    }
    assertThat(in.closed).isTrue();
    assertThat(input.pending()).isFalse();
    streams.endInput();
    assertThat(loop.sources).isEmpty();
  }
}
