package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates are listed, made and removed; and where one is of no use, containers boot. */
class TemplatesTest {
  private Daemon daemon;
  private Cli caisson;

  @BeforeEach
  void start() {
    daemon = Daemon.start();
    caisson = daemon.cli();
    TestImage.load(caisson);
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  /** The cells of each template's row. */
  private List<List<String>> rows() {
    return caisson
        .out("system", "templates")
        .lines()
        .skip(1)
        .map(line -> Arrays.asList(line.split(" {2,}", -1)))
        .toList();
  }

  private String make() {
    return caisson.out("system", "templates", "make").strip();
  }

  private Path directory(String template) {
    var key = rows().stream().filter(row -> row.getFirst().equals(template)).toList();
    return daemon.root().resolve("cache/templates", key.getFirst().getLast(), template);
  }

  private String run() {
    return caisson.out("run", "--rm", TestImage.NAME, "echo", "alive").strip();
  }

  @Test
  void areListedMadeAndRemoved() {
    assertThat(rows()).isEmpty();
    var name = make();
    assertThat(name).startsWith("2048m-");
    assertThat(make()).isEqualTo(name);
    var small = caisson.out("system", "templates", "make", "-m", "100m").strip();
    assertThat(small).startsWith("512m-");
    assertThat(rows()).extracting(List::getFirst).containsExactly(small, name);
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "1000").strip();
    assertThat(rows()).extracting(row -> row.get(5)).containsExactly("0", "1");
    assertThat(caisson.out("system", "templates", "rm", name).strip()).isEqualTo(name);
    assertThat(caisson.run("system", "templates", "rm", name).err())
        .contains("there is no template " + name);
    assertThat(rows()).extracting(List::getFirst).containsExactly(small);
    assertThat(caisson.out("exec", id, "echo", "alive").strip()).isEqualTo("alive");
    caisson.run("rm", "-f", id).ok();
  }

  @Test
  void areRemovedWhenTheyAreOfAnotherKind() throws IOException {
    var stale = daemon.root().resolve("cache/templates/0123456789abcdef/2048m-2c");
    Files.createDirectories(stale);
    make();
    assertThat(stale.getParent()).doesNotExist();
  }

  @Test
  void areNotUsedWhenTheirMemoryIsCutOff() throws IOException {
    var memory = directory(make()).resolve("memory");
    daemon.stop();
    try (var file = FileChannel.open(memory, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
    daemon.startAgain();
    assertThat(run()).isEqualTo("alive");
  }

  /** The state is read for each clone, so damage is met by a daemon that runs. */
  @Test
  void areNotUsedWhenTheirStateIsOverwritten() throws IOException {
    var state = directory(make()).resolve("state");
    Files.write(state, "this is no state of a machine".getBytes(StandardCharsets.UTF_8));
    assertThat(run()).isEqualTo("alive");
    assertThat(state).doesNotExist();
    assertThat(make()).startsWith("2048m-");
    assertThat(run()).isEqualTo("alive");
  }

  /** What another build saved has another machine's name, or other versions of its devices. */
  @Test
  void areNotUsedWhenTheirStateIsOfAnotherMachine() throws IOException {
    var state = directory(make()).resolve("state");
    var text = new String(Files.readAllBytes(state), StandardCharsets.ISO_8859_1);
    assertThat(text).contains("microvm");
    var other = text.replaceFirst("microvm", "pc-q35x");
    Files.write(state, other.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(run()).isEqualTo("alive");
    assertThat(state).doesNotExist();
    assertThat(Files.readString(daemon.root().resolve("caissond.log")))
        .contains("is of no use", "Machine type received is 'pc-q35x'");
    assertThat(make()).startsWith("2048m-");
    assertThat(run()).isEqualTo("alive");
  }

  @Test
  void areRemovedWhenNobodyHasUsedThemForAWeek() throws IOException {
    make();
    var small = directory(caisson.out("system", "templates", "make", "-m", "100m").strip());
    daemon.stop();
    var lastWeek = Instant.now().minus(Duration.ofDays(8));
    Files.setLastModifiedTime(small, FileTime.from(lastWeek));
    daemon.startAgain();
    assertThat(run()).isEqualTo("alive");
    assertThat(rows()).extracting(List::getFirst).singleElement().asString().startsWith("2048m-");
    assertThat(small).doesNotExist();
  }

  /** An empty tmpfs over the cache leaves room for less than a template. */
  @Test
  void areDoneWithoutWhereThereIsNoRoom() throws Exception {
    make();
    caisson.out("system", "templates", "rm", rows().getFirst().getFirst());
    var cache = daemon.root().resolve("cache/templates").toString();
    Command.of("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", cache).run().ok();
    try {
      assertThat(caisson.run("system", "templates", "make").err()).contains("No space left");
      assertThat(run()).isEqualTo("alive");
      daemon.stop();
    } finally {
      Command.of("umount", "-l", cache).run().ok();
    }
    daemon.startAgain();
    assertThat(caisson.out("system", "leaks")).isEmpty();
    assertThat(make()).startsWith("2048m-");
  }

  @Test
  void areNotThereWhenTheDaemonIsKilledOverOne() throws Exception {
    var making = Thread.startVirtualThread(() -> caisson.run("system", "templates", "make"));
    daemon.awaitMakingOfTemplate();
    daemon.kill();
    making.join();
    daemon.startAgain();
    assertThat(rows()).isEmpty();
    assertThat(caisson.out("system", "leaks")).isEmpty();
    assertThat(run()).isEqualTo("alive");
    assertThat(make()).startsWith("2048m-");
  }
}
