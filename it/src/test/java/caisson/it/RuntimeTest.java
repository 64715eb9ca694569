package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** runc's command line, served by real machines. */
@Timeout(300)
final class RuntimeTest {
  @TempDir Path directory;

  private static String status(Bundle bundle, String id) {
    return bundle
        .runtime("state", id)
        .run()
        .ok()
        .out()
        .replaceAll(".*\"status\":\"(\\w+)\".*", "$1");
  }

  private static long pid(Path file) throws IOException {
    return Long.parseLong(Files.readString(file));
  }

  private static void awaitEnd(long pid) throws Exception {
    var process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get();
    }
  }

  @Test
  void aBundleRunsInAMachineAndChangesItsRootOnTheHost() throws IOException {
    try (var daemon = Daemon.start()) {
      var bundle =
          Bundle.make(
              daemon, directory, "sh", "-c", "uname -r; cat; echo e >&2; echo new > /made; exit 7");
      var result = bundle.of("run", "one").reading("given\n").run();
      assertThat(result.code()).as(result.toString()).isEqualTo(7);
      assertThat(result.out()).contains("-caisson\n").endsWith("given");
      assertThat(result.err()).isEqualTo("e");
      assertThat(bundle.root().resolve("made")).hasContent("new\n");
      assertThat(bundle.runtime("list", "-q").run().ok().out()).isBlank();
    }
  }

  @Test
  void aContainerIsCreatedStartedExecutedInKilledAndDeleted() throws Exception {
    try (var daemon = Daemon.start()) {
      var bundle = Bundle.make(daemon, directory, "sh", "-c", "echo began; sleep 1000");
      var create = bundle.create("a");
      assertThat(create.code()).as(create.toString()).isZero();
      assertThat(status(bundle, "a")).isEqualTo("created");
      assertThat(bundle.runtime("exec", "a", "true").run().err()).contains("not running");
      bundle.runtime("start", "a").run().ok();
      assertThat(status(bundle, "a")).isEqualTo("running");
      assertThat(bundle.runtime("start", "a").run().err()).contains("has been started");
      assertThat(bundle.create("a").err()).contains("already exists");
      assertThat(bundle.runtime("exec", "-e", "X=1", "a", "sh", "-c", "echo $X; exit 3").run())
          .satisfies(it -> assertThat(it.out()).isEqualTo("1"))
          .satisfies(it -> assertThat(it.code()).isEqualTo(3));
      assertThat(bundle.runtime("ps", "a").run().ok().out()).contains("sleep 1000");
      assertThat(bundle.runtime("delete", "a").run().err()).contains("not stopped");
      bundle.runtime("pause", "a").run().ok();
      assertThat(status(bundle, "a")).isEqualTo("paused");
      bundle.runtime("resume", "a").run().ok();
      bundle.runtime("kill", "a", "KILL").run().ok();
      awaitEnd(pid(bundle.pidFile()));
      assertThat(status(bundle, "a")).isEqualTo("stopped");
      bundle.runtime("delete", "a").run().ok();
      assertThat(bundle.runtime("state", "a").run().err()).contains("container does not exist");
      bundle.runtime("delete", "--force", "a").run().ok();
    }
  }

  @Test
  void aContainerOutlivesItsDaemonAndNotItsMonitor() throws Exception {
    try (var daemon = Daemon.start()) {
      var counter = "i=0; while true; do i=$((i+1)); echo $i; sleep 0.05; done";
      var bundle = Bundle.make(daemon, directory, "sh", "-c", counter);
      var pidFile = bundle.pidFile().toString();
      var running =
          bundle
              .runtime("run", "--bundle", directory.toString(), "--pid-file", pidFile, "c")
              .begin();
      running.awaitOut("\n20\n");
      daemon.kill();
      daemon.startAgain();
      running.awaitOut("\n100\n");
      assertThat(status(bundle, "c")).isEqualTo("running");
      var machines = daemon.machines();
      assertThat(machines).hasSize(1);
      bundle.runtime("kill", "c", "KILL").run().ok();
      var result = running.result();
      assertThat(result.code()).isEqualTo(137);
      var lines = result.out().lines().map(Integer::parseInt).toList();
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i)).isEqualTo(i + 1);
      }
      bundle.create("d").ok();
      bundle.runtime("start", "d").run().ok();
      long monitor = pid(bundle.pidFile());
      ProcessHandle.of(monitor).orElseThrow().destroyForcibly();
      awaitEnd(monitor);
      long end = System.nanoTime() + 30_000_000_000L;
      while (!status(bundle, "d").equals("stopped") && System.nanoTime() < end) {}
      assertThat(status(bundle, "d")).isEqualTo("stopped");
      bundle.runtime("delete", "d").run().ok();
    }
  }

  @Test
  void whatCannotBeIsRefusedInWordsAndLeavesNothing() throws IOException {
    try (var daemon = Daemon.start()) {
      var bundle = Bundle.make(daemon, directory, "/nosuch");
      var log = directory.resolve("log");
      var run =
          bundle
              .runtime(
                  "--log",
                  log.toString(),
                  "--log-format",
                  "json",
                  "run",
                  "--bundle",
                  directory.toString(),
                  "x")
              .run();
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("/nosuch").contains("no such file or directory");
      assertThat(Files.readString(log)).startsWith("{\"level\":\"error\",\"msg\":\"exec: ");
      assertThat(bundle.runtime("state", "x").run().err()).contains("does not exist");
      assertThat(bundle.runtime("run", "--bundle", "/nowhere", "x").run().err())
          .contains("/nowhere/config.json not found");
      assertThat(bundle.create("a@b").err()).contains("invalid container ID format");
      Files.writeString(directory.resolve("config.json"), "{");
      assertThat(bundle.create("y").err()).contains("config.json");
      assertThat(daemon.machines()).isEmpty();
    }
  }

  @Test
  void manyAtOnceAllRunAndOneIdIsForOneOfThem() throws Exception {
    try (var daemon = Daemon.start();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var bundle = Bundle.make(daemon, directory, "sh", "-c", "exit 7");
      var codes = new ArrayList<Future<Result>>();
      for (int i = 0; i < 20; i++) {
        var id = "many" + i;
        codes.add(threads.submit(() -> bundle.of("run", id).run()));
      }
      for (var code : codes) {
        assertThat(code.get().code()).as(code.get().toString()).isEqualTo(7);
      }
      bundle.command("sleep", "1000");
      var creations = new ArrayList<Future<Result>>();
      for (int i = 0; i < 10; i++) {
        var words = bundle.of("create", "same").words();
        var quiet = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" </dev/null >&- 2>&-", "sh"));
        quiet.addAll(words);
        creations.add(threads.submit(() -> Command.of(quiet.toArray(String[]::new)).run()));
      }
      int made = 0;
      for (var creation : creations) {
        made += creation.get().code() == 0 ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
      bundle.runtime("delete", "--force", "same").run().ok();
      assertThat(daemon.machines()).isEmpty();
      assertThat(daemon.cli().out("system", "leaks")).isEmpty();
    }
  }
}
