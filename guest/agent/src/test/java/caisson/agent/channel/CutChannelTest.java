package caisson.agent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Cuts the host's side of the channel at random moments: nothing is lost, nothing comes twice. */
final class CutChannelTest {
  private static final int LINES = 200_000;
  private static final int PROCESS = 1;
  private static final int REQUESTS = 100;

  @Property(tries = 20)
  void everyLineOfACounterArrivesOnce(@ForAll long seed) {
    var random = new Random(seed);
    var wire = new Wire(random);
    var host = new Host(wire);
    var channel = new Channel(5, wire, FrameReader.ofAgent(), new NotingGuest());
    var process = channel.open(PROCESS, true, false);
    process.begin(100);
    var content = counter();
    var output = process.outputs().getFirst();
    int written = 0;
    host.connect();
    while (host.exits.isEmpty() || !host.stream(PROCESS, Stream.STDOUT).window.ended()) {
      written = write(output, content, written);
      if (written == content.length && !output.finished()) {
        output.finish();
        process.end(3, 0, false);
      }
      turn(random, wire, host, channel);
    }
    assertThat(host.text(PROCESS, Stream.STDOUT))
        .isEqualTo(new String(content, StandardCharsets.US_ASCII));
    assertThat(host.exit(PROCESS).code()).isEqualTo(3);
  }

  private static byte[] counter() {
    var lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      lines.append(i).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static int write(SendWindow output, byte[] content, int from) {
    int count = Math.min(output.room(), content.length - from);
    output.append(content, from, count);
    return from + count;
  }

  /** One step of both sides, or a cut. */
  private static void turn(Random random, Wire wire, Host host, Channel channel) {
    if (random.nextInt(12) == 0) {
      wire.disconnect();
      if (random.nextBoolean()) {
        channel.receive(); // the agent may see that nobody is there, or only that somebody is again
      }
      host.connect();
    }
    host.turn();
    channel.receive();
    channel.send();
  }

  @Property(tries = 20)
  void standardInputArrivesOnceInOrder(@ForAll long seed) {
    var random = new Random(seed);
    var wire = new Wire(random);
    var host = new Host(wire);
    var channel = new Channel(5, wire, FrameReader.ofAgent(), new NotingGuest());
    var process = channel.open(PROCESS, false, true);
    var input = process.input().orElseThrow();
    var content = counter();
    var sender = new SendWindow(PROCESS, Stream.STDIN);
    host.inputs.put(PROCESS, sender);
    var arrived = new ByteArrayOutputStream();
    int written = 0;
    host.connect();
    while (!sender.done()) {
      written = write(sender, content, written);
      if (written == content.length) {
        sender.finish();
      }
      turn(random, wire, host, channel);
      input.writeTo((bytes, from, count) -> take(random, arrived, bytes, from, count));
      if (input.exhausted()) {
        input.close();
      }
    }
    assertThat(arrived.toByteArray()).isEqualTo(content);
  }

  private static int take(
      Random random, ByteArrayOutputStream to, byte[] bytes, int from, int count) {
    int taken = random.nextInt(count + 1);
    to.write(bytes, from, taken);
    return taken;
  }

  @Property(tries = 20)
  void everyRequestIsCarriedOutOnceAndAnswered(@ForAll long seed) {
    var random = new Random(seed);
    var wire = new Wire(random);
    var host = new Host(wire);
    var guest = new NotingGuest();
    guest.answers = false;
    var channel = new Channel(5, wire, FrameReader.ofAgent(), guest);
    var asked = new ArrayList<Command>();
    host.connect();
    while (asked.size() < REQUESTS || !host.unanswered.isEmpty()) {
      if (asked.size() < REQUESTS && host.unanswered.size() < Protocol.MAX_REQUESTS) {
        var command = new Command.StartContainer("c" + asked.size());
        asked.add(command);
        host.ask(command);
      }
      turn(random, wire, host, channel);
      while (!guest.open.isEmpty() && random.nextBoolean()) {
        guest.open.remove(random.nextInt(guest.open.size())).done(new byte[] {1});
      }
    }
    assertThat(guest.commands).isEqualTo(asked);
    assertThat(host.answers).hasSize(REQUESTS);
    assertThat(host.answers.values())
        .allSatisfy(answer -> assertThat(answer.body()).containsExactly(1));
  }

  @Property(tries = 20)
  void garbageEndsNothing(@ForAll long seed) {
    var random = new Random(seed);
    var wire = new Wire(random);
    var host = new Host(wire);
    var guest = new NotingGuest();
    var channel = new Channel(5, wire, FrameReader.ofAgent(), guest);
    host.connect();
    for (int i = 0; i < 20; i++) {
      byte[] garbage = new byte[random.nextInt(3000)];
      random.nextBytes(garbage);
      host.sendRaw(garbage);
      turn(random, wire, host, channel);
    }
    wire.disconnect();
    host.connect();
    int id = host.ask(new Command.Ping());
    while (!host.answers.containsKey(id)) {
      turn(random, wire, host, channel);
    }
    assertThat(guest.commands).isEqualTo(List.of(new Command.Ping()));
  }
}
