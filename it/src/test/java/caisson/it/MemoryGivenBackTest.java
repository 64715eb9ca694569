package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.base.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memory that a container has used and freed is the host's again, and never the template's. */
@ExtendWith(SharedDaemon.class)
class MemoryGivenBackTest {
  private static final long PATIENCE_SECONDS = 90;
  private static final long MIB = 1 << 20;
  private static final long FILLED = 200 * MIB;

  /** What translated code, page tables and the like may add for good. */
  private static final long KEPT = 80 * MIB;

  private final Daemon daemon;
  private final Cli caisson;

  MemoryGivenBackTest(Daemon daemon, Cli caisson) {
    this.daemon = daemon;
    this.caisson = caisson;
    daemon.awaitTemplate();
  }

  private String start() {
    return caisson.out("run", "-d", TestImage.NAME, "sleep", "1000").strip();
  }

  /** What the machine has of its own: its private pages (proc(5), smaps_rollup). */
  private long own(String container) throws IOException {
    var pid = caisson.out("inspect", "--format", "{{.State.Pid}}", container).strip();
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Private_"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    }
  }

  private void awaitShrunk(String container, long before) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (own(container) > before + KEPT) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "the machine had %d MiB of its own and has %d now"
                .formatted(before / MIB, own(container) / MIB));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void sh(String container, String script) {
    caisson.out("exec", container, "sh", "-c", script);
  }

  @Test
  void ofProcesses() throws Exception {
    var id = start();
    long before = own(id);
    sh(id, "mkdir -p /dev/shm; dd if=/dev/urandom of=/dev/shm/f bs=1M count=60 2>/dev/null");
    sh(id, "dd if=/dev/zero of=/dev/null bs=200M count=1 2>/dev/null");
    assertThat(own(id)).isGreaterThan(before);
    sh(id, "rm /dev/shm/f");
    awaitShrunk(id, before);
    caisson.run("rm", "-f", id).ok();
  }

  @Test
  void ofFilesThatWereRemoved() throws Exception {
    var id = start();
    long before = own(id);
    sh(id, "dd if=/dev/zero of=/file bs=1M count=200 2>/dev/null");
    assertThat(own(id)).isGreaterThan(before + FILLED / 2);
    sh(id, "rm /file");
    awaitShrunk(id, before);
    caisson.run("rm", "-f", id).ok();
  }

  private Path templateMemory() throws IOException {
    var found = new ArrayList<Path>();
    try (var open = Files.newDirectoryStream(Path.of("/proc/" + daemon.pid() + "/fd"))) {
      for (var each : open) {
        if (Files.readSymbolicLink(each).toString().contains("memfd:caisson-template")) {
          found.add(each);
        }
      }
    }
    assertThat(found).isNotEmpty();
    return found.getFirst();
  }

  private static Digest digest(Path memory) throws IOException {
    var digest = Digest.sha256();
    try (var in = Files.newInputStream(memory)) {
      var piece = new byte[(int) MIB];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    return Digest.finish(digest);
  }

  @Test
  void changesNothingInTheTemplate() throws Exception {
    var memory = templateMemory();
    var before = digest(memory);
    var ids = List.of(start(), start());
    for (int i = 0; i < 3; i++) {
      for (var id : ids) {
        sh(id, "dd if=/dev/zero of=/dev/null bs=150M count=1 2>/dev/null");
        sh(id, "dd if=/dev/zero of=/file bs=1M count=100 2>/dev/null; rm /file");
      }
    }
    for (var id : ids) {
      assertThat(caisson.out("exec", id, "echo", "alive").strip()).isEqualTo("alive");
      caisson.run("rm", "-f", id).ok();
    }
    assertThat(digest(memory)).isEqualTo(before);
    assertThat(written(memory)).contains("not permitted");
  }

  /** What comes of writing into it. */
  private static String written(Path memory) {
    try (var file = Files.newByteChannel(memory, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1}));
      return "it was written to";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
