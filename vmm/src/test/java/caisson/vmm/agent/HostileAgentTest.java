package caisson.vmm.agent;

import static caisson.vmm.agent.HostileAgent.reply;
import static caisson.vmm.agent.HostileAgent.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.Stream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that breaks the protocol loses its conversation, and nothing else happens. */
final class HostileAgentTest {
  @TempDir Path directory;

  @Test
  void whatNoAgentMaySayEndsTheConversationByName() throws Exception {
    var stray = new byte[1];
    refused("there is no process 9", new Message.Data(9, Stream.STDOUT, 0, stray));
    refused("there is no process -1", new Message.Exited(-1, 0, 0, false));
    refused("no STDIN to read from", new Message.Data(1, Stream.STDIN, 0, stray));
    refused("where 0 to", new Message.Data(1, Stream.STDOUT, 5, stray));
    refused("ends at 7", new Message.End(1, Stream.STDERR, 7));
    refused("1 acknowledged, 0 sent", new Message.Window(1, Stream.STDIN, 1, 9));
    refused("it acknowledges STDOUT", new Message.Window(1, Stream.STDOUT, 0, 9));
    refused("request 99", new Message.Response(99, Outcome.OK, "", new byte[0]));
    refused("only a host says", new Message.ExitAcknowledged(1));
    refused("only a host says", new Message.Hello(1, 0, 0, List.of()));
  }

  @Test
  void bytesThatAreNoFrameEndTheConversation() throws Exception {
    refused("is no frame", new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});
    refused("is no frame", new byte[8]);
    refused("there is no message 77", new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 77});
  }

  @Test
  void moreOutputThanWasGrantedEndsTheConversation() throws Exception {
    HostileAgent.Behaviour flood =
        (channel, hello) -> {
          send(channel, reply(hello));
          for (long offset = 0; offset <= Protocol.LARGE_WINDOW; offset++) {
            send(channel, new Message.Data(1, Stream.STDOUT, offset, new byte[1]));
          }
        };
    var reader = new CountDownLatch(1);
    refused("bytes 524288 to 524289", flood, new StuckListener(reader));
    reader.countDown();
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    refused(
        "it speaks version " + (Protocol.VERSION + 1),
        (channel, hello) ->
            send(
                channel,
                new Message.HelloReply(
                    Protocol.VERSION + 1, hello.nonceHigh(), hello.nonceLow(), 5, 0, List.of())));
  }

  @Test
  void anAgentThatForgetsARunningProcessIsRefused() throws Exception {
    var vm = new FakeVm(directory);
    var failure = new CompletableFuture<CaissonException>();
    HostileAgent.Behaviour forgetful =
        (channel, hello) -> {
          send(channel, reply(hello));
          send(channel, new Message.Response(1, Outcome.OK, "", new byte[0]));
          send(channel, new Message.Response(2, Outcome.OK, "", new byte[] {0, 0, 0, 9}));
          send(channel, reply(hello));
        };
    try (var _ = new HostileAgent(vm.agentSocket(), forgetful);
        var agent = Agent.of(vm, AgentTimeouts.DEFAULT, failure::complete)) {
      var setup = Setups.container(Setups.process(false, "x"));
      assertThatThrownBy(
              () -> {
                agent.configureAndCreate(Setups.CONFIGURE, setup, new Recorder());
                agent.ping();
              })
          .hasMessageContaining("broke the protocol: it has forgotten process 1");
      assertThat(failure.get(30, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.VM_FAILED);
    }
  }

  @Test
  void garbageInFrontOfTheReplyIsSkippedHoweverMuchItIs() throws Exception {
    var vm = new FakeVm(directory);
    HostileAgent.Behaviour noisy =
        (channel, hello) -> {
          byte[] garbage = new byte[1 << 20];
          new Random(1).nextBytes(garbage);
          for (int i = 0; i < 64; i++) {
            send(channel, garbage);
          }
          send(channel, reply(hello));
          send(channel, new Message.Response(1, Outcome.OK, "", new byte[0]));
        };
    try (var _ = new HostileAgent(vm.agentSocket(), noisy);
        var agent = Agent.of(vm, AgentTimeouts.DEFAULT, e -> {})) {
      agent.ping();
    }
  }

  @Test
  void anAgentThatOnlyListensIsGivenUpInTime() throws Exception {
    var vm = new FakeVm(directory);
    var timeouts =
        new AgentTimeouts(
            Duration.ofMillis(50),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9));
    try (var _ = new HostileAgent(vm.agentSocket(), (channel, hello) -> {});
        var agent = Agent.of(vm, timeouts, e -> {})) {
      assertThatThrownBy(agent::ping).hasMessageContaining("did not answer the hello within");
    }
  }

  @Test
  void anAgentOfAnEarlierDaemonsThatTakesNothingIsGivenUpInTime() throws Exception {
    var vm = new FakeVm(directory);
    var timeouts =
        new AgentTimeouts(
            Duration.ofSeconds(9),
            Duration.ofMillis(50),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9));
    var kept = new KeptProcess(1, false, 0, 0, new Recorder());
    try (var deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      deaf.bind(UnixDomainSocketAddress.of(vm.agentSocket()));
      assertThatThrownBy(() -> Agent.adopt(vm, timeouts, _ -> {}, List.of(kept)))
          .hasMessageContaining("did not answer the hello within");
    }
  }

  /** Random bytes, and frames that are cut or changed in a few places. */
  @Property(tries = 100)
  void fuzzNeverHangsAConversation(@ForAll long seed) throws Exception {
    var random = new Random(seed);
    var place = Files.createTempDirectory("fuzz");
    var vm = new FakeVm(place);
    var recorder = new Recorder();
    HostileAgent.Behaviour fuzz =
        (channel, hello) -> {
          send(channel, reply(hello));
          synchronized (random) {
            send(channel, fuzz(random));
          }
          channel.close();
        };
    try (var _ = new HostileAgent(vm.agentSocket(), fuzz);
        var agent = Agent.of(vm, AgentTimeouts.DEFAULT, e -> {})) {
      var call =
          CompletableFuture.runAsync(() -> create(agent, recorder), Thread::startVirtualThread);
      Thread.ofVirtual().start(() -> vm.end("QEMU exited"));
      assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CaissonException.class);
    } finally {
      Files.deleteIfExists(vm.agentSocket());
      Files.delete(place);
    }
  }

  private static void create(Agent agent, ProcessListener listener) {
    agent.configureAndCreate(
        Setups.CONFIGURE, Setups.container(Setups.process(false, "x")), listener);
    throw new CaissonException(ErrorCode.INTERNAL, "by chance the fuzz was an answer");
  }

  private static byte[] fuzz(Random random) {
    byte[] bytes = new byte[random.nextInt(20_000)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      return bytes;
    }
    int length = 1 + random.nextInt(Math.min(1000, Math.max(1, bytes.length)));
    var data = new Message.Data(1, Stream.STDOUT, random.nextInt(3), new byte[length]);
    byte[] frame = FrameWriter.ofAgent(data);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
    }
    return java.util.Arrays.copyOf(frame, 1 + random.nextInt(frame.length));
  }

  private void refused(String why, Message message) throws Exception {
    refused(why, FrameWriter.ofAgent(message));
  }

  private void refused(String why, byte[] bytes) throws Exception {
    refused(
        why,
        (channel, hello) -> {
          send(channel, reply(hello));
          send(channel, bytes);
        });
  }

  private void refused(String why, HostileAgent.Behaviour behaviour) throws Exception {
    refused(why, behaviour, new Recorder());
  }

  private void refused(String why, HostileAgent.Behaviour behaviour, ProcessListener listener)
      throws Exception {
    var vm = new FakeVm(directory);
    try (var _ = new HostileAgent(vm.agentSocket(), behaviour);
        var agent = Agent.of(vm, AgentTimeouts.DEFAULT, e -> {})) {
      assertThatThrownBy(() -> create(agent, listener))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VM_FAILED))
          .hasMessageContaining("broke the protocol")
          .hasMessageContaining(why);
    } finally {
      Files.delete(vm.agentSocket());
    }
  }
}
