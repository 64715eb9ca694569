package caisson.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OnDemandDaemonTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  @TempDir private Path directory;
  private Path socket;
  private Path started;

  @BeforeEach
  void choosePlaces() {
    socket = directory.resolve("run/caisson.sock");
    started = directory.resolve("started");
  }

  private void install(String script) throws IOException {
    var program = directory.resolve("bin/caissond");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  /** Installs a daemon that ends after so many connections. */
  private void installPlayed(int connections) throws IOException {
    install("exec " + String.join(" ", java("PlayedDaemon", started, connections)) + " \"$@\"");
  }

  private static List<String> java(String program, Object... arguments) {
    var classes = System.getProperty("java.class.path");
    var words = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-cp", classes));
    words.add("caisson.cli.daemon." + program);
    for (var argument : arguments) {
      words.add(argument.toString());
    }
    return words;
  }

  private OnDemandDaemon daemon(boolean chosen) {
    return new OnDemandDaemon(new HostAddress(socket, chosen), Optional.of(directory));
  }

  @Test
  void startsOneDaemonForClientsThatComeAtOnce() throws Exception {
    installPlayed(3);
    var clients =
        List.of(
            new ProcessBuilder(java("PlayedClient", socket, directory)).start(),
            new ProcessBuilder(java("PlayedClient", socket, directory)).start());
    for (var client : clients) {
      // The end of this pipe comes although the daemon that was started may still run.
      var out = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var err = new String(client.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(out).as(err).isEqualTo("connected\n");
      assertThat(client.waitFor()).isZero();
    }
    assertThat(Files.readAllLines(started)).hasSize(1);
    awaitEndOf(started);
  }

  @Test
  void leavesTheDaemonItsOwnSessionAndNothingOfOurs() throws Exception {
    installPlayed(3);
    daemon(false).dial().close();
    long pid = Long.parseLong(Files.readAllLines(started).getFirst());
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    assertThat(fields[3]).as("session of " + stat).isEqualTo(Long.toString(pid));
    var descriptors = Path.of("/proc/" + pid + "/fd");
    assertThat(Files.readSymbolicLink(descriptors.resolve("0"))).hasToString("/dev/null");
    var log = directory.toRealPath().resolve("run/caissond-start.log");
    assertThat(Files.readSymbolicLink(descriptors.resolve("1"))).isEqualTo(log);
    assertThat(Files.readSymbolicLink(descriptors.resolve("2"))).isEqualTo(log);
    daemon(false).dial().close();
    awaitEndOf(started);
  }

  private static void awaitEndOf(Path started) throws IOException {
    for (var pid : Files.readAllLines(started)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(it -> it.onExit().join());
    }
  }

  @Test
  void showsTheEndOfTheLogOfADaemonThatFails() throws IOException {
    install("echo from an earlier run");
    assertThatThrownBy(() -> daemon(false).dial()).hasMessageContaining("from an earlier run");
    install("echo no kernel in \"$0\" >&2; exit 1");
    assertThatThrownBy(() -> daemon(false).dial())
        .isInstanceOf(CaissonException.class)
        .hasMessage(
            "the daemon was started and has ended; the end of its log (%s):\nno kernel in %s",
            directory.resolve("run/caissond-start.log"), directory.resolve("bin/caissond"));
  }

  @Test
  void tellsOfADaemonThatListensAndEndsBeforeItAnswers() throws IOException {
    install("exec " + String.join(" ", java("PlayedDaemon", started, 0)) + " \"$@\"");
    assertThatThrownBy(() -> daemon(false).dial())
        .hasMessageStartingWith("the daemon was started and has ended; the end of its log (");
  }

  @Test
  void startsNoneWhereTheUserChoseOne() throws IOException {
    installPlayed(1);
    assertThatThrownBy(() -> daemon(true).dial())
        .isInstanceOf(CaissonException.class)
        .hasMessage(
            "Cannot connect to the Caisson daemon at unix://%s. Is caissond running?", socket)
        .extracting(it -> ((CaissonException) it).code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(started).doesNotExist();
  }

  @Test
  void startsNoneInADirectoryOfSomebodyElse() throws IOException {
    installPlayed(1);
    socket = foreignDirectory().resolve("caisson.sock");
    assertRefusesForeignDirectory();
    assertThat(started).doesNotExist();
  }

  @Test
  void connectsToNobodyInADirectoryOfSomebodyElse() throws IOException {
    installPlayed(1);
    var foreign = foreignDirectory();
    assumeTrue(foreign.startsWith(directory), "only root can make one");
    socket = foreign.resolve("caisson.sock");
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      assertRefusesForeignDirectory();
    }
    assertThat(started).doesNotExist();
  }

  private void assertRefusesForeignDirectory() {
    assertThatThrownBy(() -> daemon(false).dial())
        .isInstanceOf(CaissonException.class)
        .hasMessage(
            "%s, where this user's daemon listens, belongs to another user; set XDG_RUNTIME_DIR",
            socket.getParent());
  }

  /** Root can give a directory away; everybody else has those of root. */
  private Path foreignDirectory() throws IOException {
    var root = Path.of("/");
    var own = Files.createDirectory(directory.resolve("foreign"));
    if (!Files.getOwner(own).equals(Files.getOwner(root))) {
      return root;
    }
    return Files.setAttribute(own, "unix:uid", 12_345);
  }
}
