package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.BusyboxImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stock containerd, whose shim for runc is told to call caisson-runtime. */
@Timeout(300)
final class ContainerdTest {
  @TempDir Path directory;
  private Daemon daemon;
  private Containerd containerd;
  private Path runtime;

  @BeforeEach
  void start() throws IOException {
    daemon = Daemon.start();
    runtime = Bundle.engineRuntime(daemon, directory);
    containerd = Containerd.start(daemon, directory, Containerd.WITHOUT_CRI);
    var archive =
        Files.write(directory.resolve("image.tar"), BusyboxImage.archive(Containerd.IMAGE));
    ctr("image", "import", "--snapshotter", "native", archive.toString()).ok();
  }

  @AfterEach
  void end() {
    ctr("task", "delete", "--force", "one");
    ctr("container", "rm", "one");
    containerd.close();
    daemon.close();
  }

  private Result ctr(String... words) {
    return containerd.ctr(words);
  }

  private Result run(String flag, String... words) {
    var all = new ArrayList<>(List.of("run", flag, "--runc-binary", runtime.toString()));
    all.addAll(List.of("--snapshotter", "native", Containerd.IMAGE, "one"));
    all.addAll(List.of(words));
    return ctr(all.toArray(String[]::new));
  }

  @Test
  void runCarriesStreamsAndExitCode() {
    assertThat(run("--rm", "sh", "-c", "uname -r; echo e >&2; exit 7"))
        .satisfies(it -> assertThat(it.out()).endsWith("-caisson"))
        .satisfies(it -> assertThat(it.err()).isEqualTo("e"))
        .satisfies(it -> assertThat(it.code()).isEqualTo(7));
    assertThat(run("--rm", "/nosuch").err()).contains("OCI runtime create failed", "/nosuch");
  }

  @Test
  void aTaskIsWorkedWith() {
    run("--detach", "sleep", "1000").ok();
    assertThat(ctr("task", "exec", "--exec-id", "e", "one", "sh", "-c", "echo hi; exit 3"))
        .satisfies(it -> assertThat(it.out()).isEqualTo("hi"))
        .satisfies(it -> assertThat(it.code()).isEqualTo(3));
    ctr("task", "pause", "one").ok();
    assertThat(ctr("task", "ls").ok().out()).contains("PAUSED");
    ctr("task", "resume", "one").ok();
    var pid = ctr("task", "ls").ok().out().replaceAll("(?s).*one +(\\d+) +RUNNING.*", "$1");
    assertThat(ctr("task", "ps", "one").ok().out()).contains(pid);
    assertThat(ctr("task", "metrics", "one").ok().out())
        .containsPattern("(memory.usage_in_bytes|memory.usage) +[1-9]");
    ctr("task", "kill", "--signal", "SIGKILL", "one").ok();
    var end = System.nanoTime() + 30_000_000_000L;
    while (!ctr("task", "ls").out().contains("STOPPED") && System.nanoTime() < end) {}
    assertThat(ctr("task", "delete", "one").err()).contains("exit code 137");
    ctr("container", "rm", "one").ok();
    assertThat(daemon.machines()).isEmpty();
  }
}
