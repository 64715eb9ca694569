package caisson.guest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Frames and windows together, over a wire that loses what is in flight. */
final class ChannelTest {
  /** Guest to host: the guest sends random bytes, the wire is cut at random moments. */
  @Property(tries = 200)
  void everyByteArrivesOnceInOrderWhateverIsCut(@ForAll long seed) {
    var random = new Random(seed);
    byte[] content = new byte[random.nextInt(400_000)];
    random.nextBytes(content);
    var sender = new SendWindow(1, Stream.STDOUT);
    var receiver = new ReceiveWindow(0);
    var arrived = new ByteArrayOutputStream();
    int appended = 0;
    var reader = FrameReader.ofHost(0, 0);
    long nonce = 0;
    var wire = new ByteArrayOutputStream();
    wire.writeBytes(reply(nonce));
    while (!sender.done()) {
      int count = Math.min(sender.room(), Math.min(content.length - appended, 9000));
      sender.append(content, appended, count);
      appended += count;
      if (appended == content.length && !sender.finished()) {
        sender.finish();
      }
      for (var next = sender.poll(); next.isPresent(); next = sender.poll()) {
        wire.writeBytes(FrameWriter.ofAgent(next.get()));
      }
      byte[] sent = wire.toByteArray();
      wire.reset();
      boolean cut = random.nextInt(4) == 0;
      for (var each : feed(reader, sent, cut ? random.nextInt(sent.length + 1) : sent.length)) {
        receive(each, receiver, arrived);
      }
      if (cut) {
        nonce++;
        reader = FrameReader.ofHost(nonce, 0);
        // What was left of the old connection comes before the reply.
        wire.write(sent, 0, random.nextInt(sent.length + 1));
        wire.writeBytes(reply(nonce));
        sender.resume(receiver.received() + (receiver.ended() ? 1 : 0));
      }
      if (random.nextBoolean()) {
        var window = receiver.tell(1, Stream.STDOUT);
        sender.acknowledge(window.acknowledged(), window.limit());
      }
    }
    assertThat(arrived.toByteArray()).isEqualTo(content);
  }

  private static byte[] reply(long nonce) {
    return FrameWriter.ofAgent(new Message.HelloReply(Protocol.VERSION, nonce, 0, 1, 0, List.of()));
  }

  private static void receive(
      Message message, ReceiveWindow receiver, ByteArrayOutputStream arrived) {
    switch (message) {
      case Message.Data data -> {
        int known = receiver.accept(data);
        arrived.write(data.bytes(), known, data.bytes().length - known);
        receiver.done(data.bytes().length - known);
      }
      case Message.End end -> {
        if (!receiver.ended()) {
          receiver.accept(end);
          receiver.done(1);
        }
      }
      case Message.HelloReply _ -> {}
      default -> throw new AssertionError(message);
    }
  }

  @Property(tries = 300)
  void anAgentFindsTheHelloBehindAnyGarbage(@ForAll long seed) {
    var random = new Random(seed);
    var reader = FrameReader.ofAgent();
    assertThat(feed(reader, FrameWriter.ofHost(new Message.Hello(1, 0, 0, List.of())))).hasSize(1);
    byte[] input = new byte[5000];
    random.nextBytes(input);
    byte[] cut = FrameWriter.ofHost(new Message.Data(1, Stream.STDIN, 0, input));
    feed(reader, cut, random.nextInt(cut.length));
    byte[] zeros = new byte[FrameReader.HEADER + Protocol.MAX_FRAME];
    var hello = new Message.Hello(1, 7, 8, List.of());
    var messages = feed(reader, zeros);
    messages.addAll(feed(reader, FrameWriter.ofHost(hello)));
    assertThat(messages).containsExactly(hello);
  }

  @Test
  void aWindowIsExactlyAsLargeAsItSays() {
    var sender = new SendWindow(1, Stream.STDOUT);
    sender.append(new byte[Protocol.WINDOW], 0, Protocol.WINDOW);
    assertThat(sender.room()).isZero();
    assertThatThrownBy(() -> sender.append(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
    var receiver = new ReceiveWindow(0);
    receiver.accept(new Message.Data(1, Stream.STDOUT, 0, new byte[Protocol.WINDOW]));
    assertThatThrownBy(
            () -> receiver.accept(new Message.Data(1, Stream.STDOUT, Protocol.WINDOW, new byte[1])))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void asManyWindowsGrowAsThereIsMemoryFor() {
    var memory = new WindowMemory(1);
    var first = new SendWindow(1, Stream.STDOUT, memory);
    var second = new SendWindow(2, Stream.STDOUT, memory);
    first.acknowledge(0, Protocol.LARGE_WINDOW);
    second.acknowledge(0, Protocol.LARGE_WINDOW);
    assertThat(second.room()).isEqualTo(Protocol.LARGE_WINDOW);
    first.append(new byte[Protocol.LARGE_WINDOW], 0, Protocol.LARGE_WINDOW);
    assertThat(first.room()).isZero();
    assertThat(second.room()).isEqualTo(Protocol.WINDOW);
    first.discard();
    assertThat(second.room()).isEqualTo(Protocol.LARGE_WINDOW);
  }

  @Test
  void aWindowGrowsNoFurtherThanTheReceiverAllows() {
    var sender = new SendWindow(1, Stream.STDOUT, new WindowMemory(1));
    assertThat(sender.room()).isEqualTo(Protocol.WINDOW);
    sender.acknowledge(0, Protocol.WINDOW + 1);
    assertThat(sender.fill((bytes, from, count) -> count)).isPositive();
    sender.append(new byte[sender.room()], 0, sender.room());
    assertThat(sender.room()).isZero();
    sender.acknowledge(0, 2L * Protocol.LARGE_WINDOW);
    assertThat(sender.room()).isEqualTo(Protocol.LARGE_WINDOW - Protocol.WINDOW - 1);
  }

  @Test
  void aLargeWindowIsToldSoonAndThenLessOften() {
    var receiver = new ReceiveWindow(0, Protocol.LARGE_WINDOW);
    int first = Protocol.WINDOW / 4;
    receiver.accept(new Message.Data(1, Stream.STDOUT, 0, new byte[first]));
    receiver.done(first - 1);
    assertThat(receiver.worthTelling()).isFalse();
    receiver.done(1);
    assertThat(receiver.worthTelling()).isTrue();
    assertThat(receiver.tell(1, Stream.STDOUT).limit()).isEqualTo(first + Protocol.LARGE_WINDOW);
    receiver.accept(new Message.Data(1, Stream.STDOUT, first, new byte[3 * first]));
    receiver.done(3 * first - 1);
    assertThat(receiver.worthTelling()).isFalse();
    receiver.done(1);
    assertThat(receiver.worthTelling()).isTrue();
  }

  @Test
  void aSenderWithoutMemoryForALargeWindowNeverWaitsForTheReceiverToTell() {
    var sender = new SendWindow(1, Stream.STDOUT);
    var receiver = new ReceiveWindow(0, Protocol.LARGE_WINDOW);
    while (receiver.received() < 3 * Protocol.LARGE_WINDOW) {
      assertThat(sender.room()).isPositive();
      sender.append(new byte[sender.room()], 0, sender.room());
      for (var next = sender.poll(); next.isPresent(); next = sender.poll()) {
        var data = (Message.Data) next.get();
        receiver.accept(data);
        receiver.done(data.bytes().length);
      }
      if (receiver.worthTelling()) {
        var told = receiver.tell(1, Stream.STDOUT);
        sender.acknowledge(told.acknowledged(), told.limit());
      }
    }
  }

  @Test
  void aReceiverCannotAcknowledgeWhatWasNotSentNorAskForWhatIsGone() {
    var sender = new SendWindow(1, Stream.STDOUT);
    sender.append(new byte[10], 0, 10);
    assertThatThrownBy(() -> sender.acknowledge(5, 100)).isInstanceOf(ProtocolException.class);
    assertThat(sender.poll()).isPresent();
    sender.acknowledge(5, 100);
    assertThatThrownBy(() -> sender.resume(4)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> sender.resume(11)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aGapIsRefused() {
    var receiver = new ReceiveWindow(100);
    assertThatThrownBy(() -> receiver.accept(new Message.Data(1, Stream.STDIN, 101, new byte[1])))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> receiver.accept(new Message.End(1, Stream.STDIN, 99)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void theLargestFrameIsReadAndOneByteMoreIsNot() {
    var encoder = new Encoder().i32(Protocol.MAX_FRAME + 1).i32(0);
    var reader = FrameReader.ofAgent();
    assertThat(feed(reader, FrameWriter.ofHost(new Message.Hello(1, 0, 0, List.of())))).hasSize(1);
    assertThat(feed(reader, encoder.toBytes())).isEmpty();
    assertThat(reader.lost()).isTrue();
    byte[] body = new byte[Protocol.MAX_FRAME - 14];
    var largest = new Message.Response(1, Outcome.OK, "", body);
    var host = FrameReader.ofHost(1, 1);
    var reply = new Message.HelloReply(1, 1, 1, 1, 1, List.of());
    assertThat(feed(host, FrameWriter.ofAgent(reply))).containsExactly(reply);
    var read = feed(host, FrameWriter.ofAgent(largest));
    assertThat(MessageCodec.write(read.getFirst())).isEqualTo(MessageCodec.write(largest));
    assertThatThrownBy(() ->
            FrameWriter.ofAgent(
                new Message.Response(1, Outcome.OK, "", new byte[Protocol.MAX_FRAME - 13])))
        .isInstanceOf(ProtocolException.class);
  }

  private static List<Message> feed(FrameReader reader, byte[] bytes) {
    return feed(reader, bytes, bytes.length);
  }

  /** Hands over bytes as a connection does, and takes the messages that they complete. */
  private static List<Message> feed(FrameReader reader, byte[] bytes, int length) {
    var messages = new ArrayList<Message>();
    int done = 0;
    while (done < length) {
      int count = Math.min(reader.room(), length - done);
      assertThat(count).as("room for more").isPositive();
      System.arraycopy(bytes, done, reader.buffer(), reader.fillOffset(), count);
      reader.filled(count);
      done += count;
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        messages.add(next.get());
      }
    }
    return messages;
  }
}
