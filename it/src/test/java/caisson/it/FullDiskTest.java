package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A host that has no room left: what can be refused is refused, what runs waits. */
final class FullDiskTest {
  private static final int PIECES = 8;

  /** Writes so many MiB, each to the disk for good before it says so. */
  private static final String WRITER =
      "for i in $(seq "
          + PIECES
          + "); do dd if=/dev/zero of=/f$i bs=1M count=1 conv=fsync 2>/dev/null"
          + " || echo failed; echo piece $i; done";

  /** Less than the pieces take. */
  private static final long ROOM_KIB = 3000;

  private static final int PAGE_KIB = 4;
  private static final long PATIENCE_SECONDS = 60;

  private static Daemon daemon;
  private static Cli caisson;

  @BeforeAll
  static void start() {
    daemon = Daemon.startOnSmallDisk("64m");
    caisson = daemon.cli();
    TestImage.load(caisson);
  }

  @AfterAll
  static void close() {
    daemon.close();
  }

  @AfterEach
  void makeRoom() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private static Path ballast() {
    return daemon.root().resolve("ballast");
  }

  /** Takes all room but so many KiB. */
  private static void fill(long left) throws IOException {
    byte[] block = new byte[PAGE_KIB << 10];
    try (var file = Files.newOutputStream(ballast())) {
      while (roomInKib() >= left + PAGE_KIB) {
        file.write(block);
      }
    }
  }

  private static long roomInKib() throws IOException {
    return Files.getFileStore(daemon.root()).getUsableSpace() / 1024;
  }

  private static String run(String script) {
    return caisson.out("run", "-d", TestImage.NAME, "sh", "-c", script);
  }

  /** Starts a container that soon has no room for what it writes. */
  private static String writer() throws Exception {
    var id = run("sleep 3; " + WRITER);
    fill(ROOM_KIB);
    await("the container fills the disk", () -> roomInKib() == 0);
    TimeUnit.SECONDS.sleep(2); // now it would go on, or fail, if it did not wait
    assertThat(caisson.out("ps", "-q", "--no-trunc")).isEqualTo(id);
    return id;
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String everyPiece() {
    return String.join("\n", IntStream.rangeClosed(1, PIECES).mapToObj(i -> "piece " + i).toList());
  }

  private static void assertGoesOn(String id) {
    assertThat(caisson.out("wait", id)).isEqualTo("0");
    assertThat(caisson.out("logs", id)).isEqualTo(everyPiece());
    caisson.out("rm", id);
  }

  @Test
  void aContainerWaitsForRoomAndLosesNothing() throws Exception {
    var id = writer();
    assertThat(caisson.out("logs", id)).doesNotContain("piece " + PIECES);
    makeRoom();
    assertGoesOn(id);
  }

  @Test
  void aContainerThatWaitsGoesOnUnderTheNextDaemon() throws Exception {
    var id = writer();
    daemon.kill();
    daemon.startAgain();
    makeRoom();
    assertGoesOn(id);
  }

  @Test
  void aContainerThatWaitsCanBeRemoved() throws Exception {
    var id = writer();
    caisson.out("rm", "-f", id);
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  @Test
  void whatHasNoRoomIsRefusedAndNothingIsLeftOfIt() throws Exception {
    var volumes = caisson.out("volume", "ls", "-q");
    var archive = Files.write(Files.createTempFile("full", ".tar"), TestImage.archive());
    fill(0);
    try {
      for (var refused :
          new Result[] {
            caisson.run("run", "--rm", TestImage.NAME, "true"),
            caisson.run("create", TestImage.NAME, "true"),
            caisson.run("volume", "create", "full"),
            caisson.run("load", "-i", archive.toString())
          }) {
        assertThat(refused.code()).as(refused.toString()).isNotZero();
        assertThat(refused.err()).containsPattern("No space left on device|has room for");
      }
      assertThat(caisson.out("ps", "-aq")).isEmpty();
      assertThat(caisson.out("volume", "ls", "-q")).isEqualTo(volumes);
    } finally {
      makeRoom();
      Files.delete(archive);
    }
    assertThat(caisson.out("run", "--rm", TestImage.NAME, "echo", "room")).isEqualTo("room");
  }
}
