package caisson.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.Stream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** What the channel does about each thing that a host may do, and about its own limits. */
final class ChannelTest {
  private final Wire wire = new Wire(new Random(1));
  private final Host host = new Host(wire);
  private final NotingGuest guest = new NotingGuest();
  private final Channel channel = new Channel(77, wire, FrameReader.ofAgent(), guest);

  /** Lets both sides do what they can until neither has anything to do. */
  private void settle() {
    for (int i = 0; i < 400; i++) {
      host.turn();
      channel.receive();
      channel.send();
    }
  }

  private void connect() {
    host.connect();
    settle();
  }

  @Test
  void repliesToAHelloWithWhatThereIs() {
    channel.open(4, true, true).begin(40);
    channel.open(5, false, false).begin(50);
    connect();
    var reply = host.reply.orElseThrow();
    assertThat(reply.boot()).isEqualTo(77);
    assertThat(reply.processes())
        .containsExactly(
            new Message.ProcessStatus(4, 40, 0, false), new Message.ProcessStatus(5, 50, 0, true));
  }

  @Test
  void saysNothingBeforeAHello() {
    wire.connect();
    host.ask(new Command.Ping());
    channel.open(1, true, false).end(0, 0, false);
    settle();
    assertThat(host.log).isEmpty();
    assertThat(guest.commands).isEmpty();
  }

  @Test
  void tellsItsVersionToAHostOfAnotherAndNothingElse() {
    wire.connect();
    host.send(new Message.Hello(Protocol.VERSION + 1, 0, 0, List.of()));
    host.ask(new Command.Ping());
    settle();
    assertThat(host.reply.orElseThrow().version()).isEqualTo(Protocol.VERSION);
    assertThat(host.answers).isEmpty();
    assertThat(guest.commands).isEmpty();
  }

  @Test
  void answersACommandThatItDoesNotKnow() {
    connect();
    host.sendRaw(request(1, 99));
    int next = 2;
    host.send(new Message.Request(next, new Command.Ping()));
    settle();
    assertThat(host.answer(1).outcome()).isEqualTo(Outcome.INVALID);
    assertThat(host.answer(1).message()).contains("99");
    assertThat(host.answer(next).outcome()).isEqualTo(Outcome.OK);
    assertThat(guest.complaints).hasSize(1);
  }

  /** A ping's frame with another number for its kind. */
  private static byte[] request(int id, int kind) {
    byte[] frame = FrameWriter.ofHost(new Message.Request(id, new Command.Ping()));
    frame[frame.length - 1] = (byte) kind;
    var crc = new CRC32();
    crc.update(frame, 8, frame.length - 8);
    for (int i = 0; i < 4; i++) {
      frame[4 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
    }
    return frame;
  }

  @Test
  void answersWhatCannotBeDone() {
    var failing =
        new Guest() {
          @Override
          public void handle(Command command, Answer answer) {
            if (command instanceof Command.Ping) {
              throw new IllegalStateException("broken");
            }
            throw new RequestFailure(Outcome.NOT_FOUND, "there is no such thing");
          }

          @Override
          public long now() {
            return 0;
          }

          @Override
          public void complain(String message) {}
        };
    var failingChannel = new Channel(1, wire, FrameReader.ofAgent(), failing);
    host.connect();
    host.ask(new Command.Ping());
    host.ask(new Command.StartContainer("x"));
    for (int i = 0; i < 400; i++) {
      host.turn();
      failingChannel.receive();
      failingChannel.send();
    }
    assertThat(host.answer(1).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(host.answer(1).message()).contains("broken");
    assertThat(host.answer(2).outcome()).isEqualTo(Outcome.NOT_FOUND);
    assertThat(host.answer(2).message()).isEqualTo("there is no such thing");
  }

  @Test
  void carriesAsManyRequestsAsItSaysAndRefusesOneMore() {
    guest.answers = false;
    connect();
    for (int i = 0; i <= Protocol.MAX_REQUESTS; i++) {
      host.ask(new Command.Ping());
    }
    settle();
    assertThat(guest.open).hasSize(Protocol.MAX_REQUESTS);
    assertThat(host.answers.keySet()).containsExactly(Protocol.MAX_REQUESTS + 1);
    assertThat(host.answer(Protocol.MAX_REQUESTS + 1).outcome()).isEqualTo(Outcome.LIMIT);
    guest.open.removeFirst().done();
    host.ask(new Command.Ping());
    settle();
    assertThat(guest.commands).hasSize(Protocol.MAX_REQUESTS + 1);
  }

  @Test
  void remembersAsManyAnswersAsItSays() {
    connect();
    for (int i = 0; i <= Protocol.MAX_REQUESTS; i++) {
      host.ask(new Command.Ping());
    }
    settle();
    host.answers.clear();
    host.send(new Message.Request(2, new Command.Ping()));
    host.send(new Message.Request(1, new Command.Ping()));
    settle();
    assertThat(host.answer(2).outcome()).isEqualTo(Outcome.OK);
    assertThat(host.answer(1).outcome()).isEqualTo(Outcome.INVALID);
    assertThat(guest.commands).hasSize(Protocol.MAX_REQUESTS + 1);
  }

  @Test
  void knowsAsManyProcessesAsItSaysAndRefusesOneMore() {
    for (int number = 1; number <= Protocol.MAX_PROCESSES; number++) {
      channel.open(number, false, true);
    }
    assertThatThrownBy(() -> channel.open(Protocol.MAX_PROCESSES + 1, false, true))
        .isInstanceOfSatisfying(
            RequestFailure.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.LIMIT));
    assertThatThrownBy(() -> channel.open(1, false, true))
        .isInstanceOfSatisfying(
            RequestFailure.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.CONFLICT));
    channel.forget(1);
    channel.open(Protocol.MAX_PROCESSES + 1, false, true);
    connect();
    assertThat(host.reply.orElseThrow().processes()).hasSize(Protocol.MAX_PROCESSES);
  }

  @Test
  void anAnswerAndAnExitGoBeforeOutput() {
    connect();
    var flood = channel.open(1, true, false);
    var other = channel.open(2, true, false);
    fill(flood);
    other.end(0, 0, false);
    host.ask(new Command.Ping());
    host.turn();
    channel.receive();
    host.log.clear();
    settle();
    assertThat(host.log.get(0)).isInstanceOf(Message.Response.class);
    assertThat(host.log.get(1)).isInstanceOf(Message.Exited.class);
    assertThat(host.log.get(2)).isInstanceOf(Message.Data.class);
  }

  private static void fill(ProcessChannel process) {
    for (var output : process.outputs()) {
      output.append(new byte[Protocol.WINDOW], 0, Protocol.WINDOW);
    }
  }

  @Test
  void outputsTakeTurns() {
    for (int number = 1; number <= 3; number++) {
      fill(channel.open(number, false, false));
    }
    host.takes = false;
    connect();
    var pieces = host.log.stream().filter(Message.Data.class::isInstance).toList();
    var firstRound = pieces.stream().limit(6).map(Message.Data.class::cast).toList();
    assertThat(firstRound)
        .extracting(data -> new Host.Key(data.process(), data.stream()))
        .doesNotHaveDuplicates()
        .hasSize(6);
  }

  @Test
  void whatNobodyTakesStopsAtItsWindowAndDelaysNothing() {
    host.takes = false;
    connect();
    var unread = channel.open(1, true, false);
    fill(unread);
    settle();
    assertThat(host.text(1, Stream.STDOUT)).hasSize(Protocol.WINDOW);
    assertThat(unread.outputs().getFirst().room()).isZero();
    var other = channel.open(2, true, false);
    other.outputs().getFirst().append(new byte[] {'x'}, 0, 1);
    int id = host.ask(new Command.Ping());
    settle();
    assertThat(host.answers).containsKey(id);
    assertThat(host.text(2, Stream.STDOUT)).isEqualTo("x");
  }

  @Test
  void anExitIsToldUntilItIsAcknowledged() {
    wire.connect();
    var process = channel.open(9, true, false);
    process.outputs().getFirst().finish();
    process.end(137, 9, true);
    host.connect();
    host.turn();
    for (int i = 0; i < 200 && host.log.isEmpty(); i++) {
      channel.receive();
      channel.send();
      host.turn();
    }
    wire.disconnect();
    connect();
    assertThat(host.exits.get(9)).isEqualTo(new Message.Exited(9, 137, 9, true));
    wire.disconnect();
    connect();
    assertThat(host.reply.orElseThrow().processes()).isEmpty();
  }

  @Test
  void aProcessWhoseExitIsNotedIsKeptUntilItsOutputIsTakenOrItsPlaceIsNeeded() {
    host.takes = false;
    connect();
    var ended = channel.open(1, true, false);
    fill(ended);
    ended.outputs().getFirst().finish();
    ended.end(0, 0, false);
    settle();
    assertThatThrownBy(() -> channel.open(1, true, false)).isInstanceOf(RequestFailure.class);
    for (int number = 2; number <= Protocol.MAX_PROCESSES; number++) {
      channel.open(number, true, false);
    }
    channel.open(Protocol.MAX_PROCESSES + 1, true, false);
    channel.forget(2);
    channel.open(1, true, false).begin(1);
  }

  @Test
  void inputBeyondTheWindowIsRefusedAndTheRestGoesOn() {
    var process = channel.open(1, false, true);
    connect();
    for (int sent = 0; sent < Protocol.WINDOW; sent += Protocol.MAX_DATA) {
      host.send(new Message.Data(1, Stream.STDIN, sent, new byte[Protocol.MAX_DATA]));
    }
    settle();
    assertThat(guest.complaints).isEmpty();
    host.send(new Message.Data(1, Stream.STDIN, Protocol.WINDOW, new byte[1]));
    int id = host.ask(new Command.Ping());
    settle();
    assertThat(guest.complaints).hasSize(1);
    assertThat(host.answers).containsKey(id);
    var arrived = new int[1];
    var input = process.input().orElseThrow();
    while (input.pending()) {
      input.writeTo((bytes, from, count) -> {
        arrived[0] += count;
        return count;
      });
    }
    assertThat(arrived[0]).isEqualTo(Protocol.WINDOW);
  }

  @Test
  void inputOfOneByteAtATimeTakesNoMoreRoomThanItIs() {
    channel.open(1, false, true);
    connect();
    for (int i = 0; i < Protocol.WINDOW; i++) {
      host.send(new Message.Data(1, Stream.STDIN, i, new byte[] {1}));
      if (i % 1000 == 0) {
        settle();
      }
    }
    settle();
    assertThat(guest.complaints).isEmpty();
  }

  @Test
  void aFrameThatIsTooLongIsSkippedUntilTheNextHello() {
    connect();
    host.sendRaw(new byte[] {0x7f, -1, -1, -1, 0, 0, 0, 0});
    host.ask(new Command.Ping());
    settle();
    assertThat(host.answers).isEmpty();
    wire.disconnect();
    connect();
    assertThat(host.answers).hasSize(1);
  }

  @Test
  void aFrameWhoseRestNeverComesIsGivenUpForAHello() {
    connect();
    byte[] cut = FrameWriter.ofHost(new Message.Data(1, Stream.STDIN, 0, new byte[9000]));
    host.sendRaw(Arrays.copyOf(cut, 5000));
    settle();
    int before = host.log.size();
    host.send(host.hello(Protocol.VERSION));
    settle();
    guest.now += Inbox.PATIENCE;
    settle();
    assertThat(host.log).hasSize(before);
    guest.now += 1;
    settle();
    assertThat(host.log).hasSize(before + 1).last().isInstanceOf(Message.HelloReply.class);
  }

  @Test
  void aFrameThatWasCutBeforeTheHostWasAwayIsGivenUpAtOnce() {
    connect();
    byte[] cut = FrameWriter.ofHost(new Message.Data(1, Stream.STDIN, 0, new byte[9000]));
    host.sendRaw(Arrays.copyOf(cut, 5000));
    settle();
    wire.disconnect();
    channel.receive();
    wire.connect();
    int before = host.log.size();
    host.send(host.hello(Protocol.VERSION));
    host.ask(new Command.Ping());
    settle();
    assertThat(host.log).hasSize(before + 2);
  }

  @Test
  void aHostThatWasThoughtAwayAfterItsHelloIsServed() {
    connect();
    wire.disconnect();
    channel.receive();
    wire.connect();
    host.ask(new Command.Ping());
    settle();
    assertThat(host.answers).hasSize(1);
  }

  @Test
  void anAnswersWordsAreCut() {
    guest.answers = false;
    connect();
    int id = host.ask(new Command.Ping());
    settle();
    var answer = guest.open.getFirst();
    answer.end(Outcome.REFUSED, "x".repeat(Answer.MAX_MESSAGE + 1));
    answer.end(Outcome.OK, "");
    settle();
    assertThat(host.answer(id).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(host.answer(id).message()).hasSize(Answer.MAX_MESSAGE);
  }
}
