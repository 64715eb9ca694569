package caisson.vmm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.guest.protocol.Stream;
import caisson.testkit.CuttingPort;
import caisson.testkit.FakeAgent;
import caisson.testkit.FakeProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What goes through a channel that is cut at random moments, in both directions at once. */
final class CutChannelTest {
  private static final byte[] TEN_MEGABYTES = counter(10_000_000);
  private static final byte[] A_MEGABYTE = counter(1_000_000);

  /** Lines 1, 2, 3 … of at least {@code size} bytes. */
  private static byte[] counter(int size) {
    var lines = new ByteArrayOutputStream(size + 10);
    for (int number = 1; lines.size() < size; number++) {
      lines.writeBytes((number + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return lines.toByteArray();
  }

  @Property(tries = 4)
  void everyLineOfTenMegabytesArrivesOnce(@ForAll long seed) throws Exception {
    assertThat(echo(seed, 2_000_000, TEN_MEGABYTES)).isGreaterThan(5);
  }

  @Property(tries = 20)
  void everyLineArrivesOnceThroughAChannelThatHardlyWorks(@ForAll long seed) throws Exception {
    assertThat(echo(seed, 80_000, A_MEGABYTE)).isGreaterThan(10);
  }

  /** Sends {@code content} through a process that echoes it; answers how often there was a cut. */
  private static int echo(long seed, int most, byte[] content) throws Exception {
    var directory = Files.createTempDirectory("cut");
    var vm = new FakeVm(directory);
    var port = new CuttingPort(seed, most);
    var recorder = new Recorder();
    try (var fake = new FakeAgent(vm.agentSocket(), (process, _) -> cat(process), () -> {})) {
      fake.usePort(port);
      try (var agent = Agent.of(vm, AgentTimeouts.DEFAULT, e -> {})) {
        var setup = Setups.container(Setups.process(false, "cat"));
        var process = agent.configureAndCreate(Setups.CONFIGURE, setup, recorder);
        process.write(content, 0, content.length);
        process.closeStdin();
        assertThat(recorder.awaitEnd()).isEqualTo(new ProcessEnd.Exited(7, 0, false));
        assertThat(fake.commands()).hasSize(2);
      }
    } finally {
      delete(directory);
    }
    assertThat(recorder.bytes(Stream.STDOUT)).isEqualTo(content);
    assertThat(recorder.ends()).isEqualTo(1);
    return port.cuts();
  }

  private static void cat(FakeProcess process) throws InterruptedException {
    for (byte[] read = process.read(); read.length > 0; read = process.read()) {
      process.write(Stream.STDOUT, read);
    }
    process.exit(7);
  }

  private static void delete(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve("agent.sock"));
    Files.delete(directory);
  }
}
