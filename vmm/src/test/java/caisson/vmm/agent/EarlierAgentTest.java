package caisson.vmm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.Protocol;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that a daemon of an earlier build started have agents of that build. */
final class EarlierAgentTest {
  @TempDir Path directory;

  @Test
  void anAgentOfAnEarlierBuildIsSpokenToInItsVersion() throws Exception {
    var vm = new FakeVm(directory);
    var kept = new KeptProcess(1, false, 0, 0, new Recorder());
    try (var fake = new OldAgent(vm.agentSocket());
        var agent = Agent.adopt(vm, AgentTimeouts.DEFAULT, _ -> {}, List.of(kept)).agent()) {
      agent.ping();
      assertThat(fake.greeted).containsExactly(Protocol.VERSION, Protocol.OLDEST);
    }
  }

  @Test
  void aNewMachineHasNoSuchAgent() throws Exception {
    var vm = new FakeVm(directory);
    try (var _ = new OldAgent(vm.agentSocket());
        var agent = Agent.of(vm, AgentTimeouts.DEFAULT, _ -> {})) {
      assertThatThrownBy(agent::ping)
          .hasMessageContaining(
              "it speaks version " + Protocol.OLDEST + " and not " + Protocol.VERSION);
    }
  }

  /** Speaks the oldest version, and answers only who does. */
  private static final class OldAgent implements AutoCloseable {
    final List<Integer> greeted = new ArrayList<>();
    private final ServerSocketChannel server;

    OldAgent(Path socket) throws IOException {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      try (var channel = server.accept()) {
        var reader = FrameReader.ofAgent();
        while (true) {
          int room = reader.room();
          int count = channel.read(ByteBuffer.wrap(reader.buffer(), reader.fillOffset(), room));
          if (count < 0) {
            return;
          }
          reader.filled(count);
          for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            answer(channel, next.get());
          }
        }
      } catch (AsynchronousCloseException e) {
        // Nobody has come.
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private void answer(SocketChannel channel, Message message) throws IOException {
      switch (message) {
        case Message.Hello hello -> {
          greeted.add(hello.version());
          var process = new Message.ProcessStatus(1, 7, 0, true);
          HostileAgent.send(
              channel,
              new Message.HelloReply(
                  Protocol.OLDEST, hello.nonceHigh(), hello.nonceLow(), 5, 0, List.of(process)));
        }
        case Message.Request(var id, var _) when greeted.getLast() == Protocol.OLDEST ->
            HostileAgent.send(channel, new Message.Response(id, Outcome.OK, "", new byte[0]));
        default -> {}
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
