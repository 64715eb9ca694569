package caisson.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.api.wire.CreateContainer;
import caisson.api.wire.Ulimit;
import caisson.api.wire.WireJson;
import caisson.cli.fake.Words;
import caisson.cli.json.JsonText;
import caisson.linux.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API understands of what the flags of {@code run} say. */
class ContainerBodyTest {
  private static CreateContainer request(Optional<Terminal.Size> size, List<String> words) {
    var call = Words.of(new Run(), words.toArray(String[]::new));
    var streams = StreamChoice.of(call, words.contains("-d"));
    var body = new ContainerBody(call, streams, Map.of("HOME", "/root")).build(size);
    return WireJson.read(
        JsonText.write(body).getBytes(StandardCharsets.UTF_8), CreateContainer.class);
  }

  private static CreateContainer request(String words) {
    return request(Optional.empty(), List.of(words.split(" ", -1)));
  }

  @Test
  void asksForNothingThatWasNotGiven() {
    var request = request("busybox");
    var config = request.config();
    assertThat(config.image()).isEqualTo("busybox");
    assertThat(config.command().cmd()).isEmpty();
    assertThat(config.command().entrypoint()).isEmpty();
    assertThat(config.stopSignal()).isEmpty();
    assertThat(config.stopTimeout()).isEmpty();
    assertThat(config.streams().attachStdout()).isTrue();
    assertThat(config.streams().attachStdin()).isFalse();
    assertThat(config.streams().openStdin()).isFalse();
    assertThat(request.hostConfig().init()).isEmpty();
    assertThat(request.hostConfig().networkMode()).isEqualTo("default");
    assertThat(request.hostConfig().consoleSize()).isEmpty();
  }

  @Test
  void describesTheProcess() {
    var config =
        request(
                "-h box -u 1:2 -w /w -e A=1 -e HOME -l a=b -l c --entrypoint /e"
                    + " --stop-signal INT --stop-timeout 3 busybox x -y")
            .config();
    assertThat(config.hostname()).isEqualTo("box");
    assertThat(config.command().user()).isEqualTo("1:2");
    assertThat(config.command().workingDir()).isEqualTo("/w");
    assertThat(config.command().env()).containsExactly("A=1", "HOME=/root");
    assertThat(config.command().entrypoint()).contains(List.of("/e"));
    assertThat(config.command().cmd()).contains(List.of("x", "-y"));
    assertThat(config.labels()).containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "c", ""));
    assertThat(config.stopSignal()).contains("INT");
    assertThat(config.stopTimeout()).contains(3);
  }

  @Test
  void takesTheEntrypointAway() {
    assertThat(request("--entrypoint= busybox").config().command().entrypoint())
        .contains(List.of(""));
  }

  @Test
  void describesTheStreams() {
    var attached = request("-it busybox").config().streams();
    assertThat(attached.tty()).isTrue();
    assertThat(attached.attachStdin()).isTrue();
    assertThat(attached.stdinOnce()).isTrue();
    var detached = request("-d -i busybox").config().streams();
    assertThat(detached.openStdin()).isTrue();
    assertThat(detached.attachStdin()).isFalse();
    assertThat(detached.attachStdout()).isFalse();
    assertThat(detached.stdinOnce()).isFalse();
    var chosen = request("-a STDERR busybox").config().streams();
    assertThat(chosen.attachStderr()).isTrue();
    assertThat(chosen.attachStdout()).isFalse();
  }

  @Test
  void describesTheLimits() {
    var resources =
        request(
                "-m 64m --memory-swap -1 --memory-reservation 32m --cpus 1.5 -c 512"
                    + " --cpuset-cpus 0-1 --pids-limit 20 --ulimit nofile=10:20 busybox")
            .hostConfig()
            .resources();
    assertThat(resources.memory()).isEqualTo(64 << 20);
    assertThat(resources.memorySwap()).isEqualTo(-1);
    assertThat(resources.memoryReservation()).isEqualTo(32 << 20);
    assertThat(resources.nanoCpus()).isEqualTo(1_500_000_000);
    assertThat(resources.cpuShares()).isEqualTo(512);
    assertThat(resources.cpusetCpus()).isEqualTo("0-1");
    assertThat(resources.pidsLimit()).contains(20L);
    assertThat(resources.ulimits()).containsExactly(new Ulimit("nofile", 10, 20));
  }

  @Test
  void describesWhatTheHostGives() {
    var host =
        request(
                "--rm --net none --init --shm-size 1m --tmpfs /t --tmpfs /u:size=1m,mode=700"
                    + " --log-driver json-file --log-opt max-size=1m --storage-opt size=2g busybox")
            .hostConfig();
    assertThat(host.autoRemove()).isTrue();
    assertThat(host.networkMode()).isEqualTo("none");
    assertThat(host.init()).contains(true);
    assertThat(host.shmSize()).isEqualTo(1 << 20);
    assertThat(host.tmpfs())
        .containsExactlyInAnyOrderEntriesOf(Map.of("/t", "", "/u", "size=1m,mode=700"));
    assertThat(host.logConfig().type()).isEqualTo("json-file");
    assertThat(host.logConfig().config()).containsEntry("max-size", "1m");
    assertThat(host.storageOpt()).containsEntry("size", "2g");
  }

  @Test
  void describesWhatTheProcessMayDo() {
    var confinement =
        request(
                "--privileged --read-only --cap-add NET_ADMIN --cap-drop ALL --group-add 5"
                    + " --sysctl a.b=1 --security-opt no-new-privileges busybox")
            .hostConfig()
            .confinement();
    assertThat(confinement.privileged()).isTrue();
    assertThat(confinement.readonlyRootfs()).isTrue();
    assertThat(confinement.capAdd()).containsExactly("NET_ADMIN");
    assertThat(confinement.capDrop()).containsExactly("ALL");
    assertThat(confinement.groupAdd()).containsExactly("5");
    assertThat(confinement.sysctls()).containsEntry("a.b", "1");
    assertThat(confinement.securityOpt()).containsExactly("no-new-privileges");
  }

  @Test
  void tellsTheSizeOfTheTerminal() {
    var size = Optional.of(new Terminal.Size(24, 80));
    assertThat(request(size, List.of("-t", "busybox")).hostConfig().consoleSize())
        .contains(List.of(24, 80));
  }

  @Test
  void readsSeccompProfilesWhereTheyAre(@TempDir Path directory) throws IOException {
    var profile = Files.writeString(directory.resolve("profile"), "{\"defaultAction\":\"x\"}");
    var words = new ArrayList<>(List.of("--security-opt", "seccomp=" + profile, "busybox"));
    assertThat(request(Optional.empty(), words).hostConfig().confinement().securityOpt())
        .containsExactly("seccomp={\"defaultAction\":\"x\"}");
    Files.delete(profile);
    assertThatThrownBy(() -> request(Optional.empty(), words))
        .hasMessageStartingWith("opening seccomp profile (" + profile + ") failed");
  }
}
