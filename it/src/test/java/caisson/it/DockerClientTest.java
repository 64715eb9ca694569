package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Docker's own client against the daemon: Debian's, and a newer one where the host has it. */
@ExtendWith(SharedDaemon.class)
class DockerClientTest {
  private static final Path DEBIANS = Path.of("/usr/bin/docker");
  private static final Path NEWER = Path.of("/usr/local/bin/docker");

  private final Daemon daemon;

  DockerClientTest(Daemon daemon) {
    this.daemon = daemon;
  }

  static Stream<Path> clients() {
    return Stream.of(DEBIANS, NEWER).filter(each -> each.equals(DEBIANS) || Files.exists(each));
  }

  private Command docker(Path client, String... arguments) {
    var words = new ArrayList<String>();
    words.add(client.toString());
    words.addAll(List.of(arguments));
    return new Command(words, Map.of("DOCKER_HOST", "unix://" + daemon.socket()), "");
  }

  private String out(Path client, String... arguments) {
    return docker(client, arguments).run().ok().out();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void runCarriesInputOutputAndExitCode(Path client) {
    var sorted =
        docker(client, "run", "-i", "--rm", TestImage.NAME, "sort").reading("b\na\n").run().ok();
    assertThat(sorted.out()).isEqualTo("a\nb");
    var both =
        docker(client, "run", "--rm", TestImage.NAME, "sh", "-c", "echo o; echo e >&2; exit 7")
            .run();
    assertThat(both.out()).isEqualTo("o");
    assertThat(both.err()).isEqualTo("e");
    assertThat(both.code()).isEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void runGivesATerminal(Path client) {
    var line =
        "stty rows 33 cols 77; exec %s run -it --rm %s sh -c 'tty; stty size'"
            .formatted(client, TestImage.NAME);
    var environment = Map.of("DOCKER_HOST", "unix://" + daemon.socket());
    var result =
        new Command(List.of("script", "-qec", line, "/dev/null"), environment, "").run().ok();
    assertThat(result.out()).contains("/dev/pts/0\r\n", "33 77");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void runTellsACommandThatCannotBeExecutedByItsCode(Path client) {
    var missing = docker(client, "run", "--rm", TestImage.NAME, "nothing").run();
    assertThat(missing.code()).isEqualTo(127);
    assertThat(missing.err()).contains("nothing");
    assertThat(docker(client, "run", "--rm", TestImage.NAME, "/etc/passwd").run().code())
        .isEqualTo(126);
    var noImage = docker(client, "run", "--rm", "no-such-image", "true").run();
    assertThat(noImage.code()).isEqualTo(125);
    assertThat(noImage.err()).contains("no such host as registry-1.docker.io");
    var pid = docker(client, "run", "--rm", "--pid", "host", TestImage.NAME, "true").run();
    assertThat(pid.code()).isEqualTo(125);
    assertThat(pid.err()).contains("HostConfig.PidMode is not supported yet");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void portsArePublishedAndNetworksShown(Path client) {
    var id = out(client, "run", "-d", "-p", "8081:80", "-P", TestImage.NAME, "sleep", "300");
    assertThat(out(client, "port", id))
        .startsWith("80/tcp -> 0.0.0.0:8081\n80/tcp -> ")
        .contains("::");
    assertThat(out(client, "ps", "--format", "{{.Ports}}", "--filter", "id=" + id))
        .startsWith("0.0.0.0:8081->80/tcp, ")
        .contains("::");
    assertThat(out(client, "network", "ls", "--format", "{{.Name}} {{.Driver}} {{.Scope}}"))
        .isEqualTo("bridge bridge local\nnone null local");
    var address = out(client, "inspect", "-f", "{{.NetworkSettings.IPAddress}}", id);
    assertThat(out(client, "network", "inspect", "bridge")).contains(id, address + "/16");
    assertThat(docker(client, "network", "create", "mine").run().err()).contains("not supported");
    out(client, "rm", "-f", id);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void execRunsInARunningContainer(Path client) {
    var id = out(client, "run", "-d", TestImage.NAME, "sleep", "300");
    assertThat(out(client, "exec", "-e", "A=1", id, "sh", "-c", "echo $A")).isEqualTo("1");
    assertThat(docker(client, "exec", id, "sh", "-c", "exit 3").run().code()).isEqualTo(3);
    assertThat(docker(client, "exec", id, "nothing").run().code()).isEqualTo(127);
    assertThat(docker(client, "exec", "-i", id, "cat").reading("in").run().out()).isEqualTo("in");
    out(client, "exec", "-d", id, "touch", "/tmp/made");
    assertThat(out(client, "rm", "-f", id)).isEqualTo(id);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void logsAreFollowedToTheEndOfTheContainer(Path client) throws IOException {
    var script = "echo one; echo two >&2; read line; echo $line";
    var id = out(client, "run", "-di", TestImage.NAME, "sh", "-c", script);
    var following = docker(client, "logs", "-f", id).start();
    try (var lines = new BufferedReader(following.inputReader())) {
      assertThat(lines.readLine()).isEqualTo("one");
      docker(client, "attach", id).reading("three\n").run();
      assertThat(lines.readLine()).isEqualTo("three");
      assertThat(lines.readLine()).isNull();
    }
    assertThat(out(client, "wait", id)).isEqualTo("0");
    assertThat(out(client, "logs", "--tail", "1", "-t", id)).matches("[0-9-]+T[0-9:.]{18}Z three");
    out(client, "rm", id);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void psStopAndRmSeeTheContainersLife(Path client) {
    var id = out(client, "run", "-d", "--label", "of=docker", TestImage.NAME, "sleep", "300");
    assertThat(listed(client)).startsWith(TestImage.NAME + " Up ");
    assertThat(docker(client, "rm", id).run().code()).isEqualTo(1);
    assertThat(out(client, "stop", "-t", "0", id)).isEqualTo(id);
    assertThat(listed(client)).isEmpty();
    assertThat(out(client, "inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", id))
        .isEqualTo("exited 137");
    assertThat(out(client, "rm", id)).isEqualTo(id);
    assertThat(docker(client, "inspect", id).run().err()).contains("No such object");
  }

  private String listed(Path client) {
    var format = "{{.Image}} {{.Status}}";
    return out(client, "ps", "--filter", "label=of=docker", "--format", format);
  }
}
