package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a bundle's container has on the host: programs around its life, a cgroup, its figures. */
@Timeout(300)
final class RuntimeHooksTest {
  private static final List<String> ON_THE_HOST =
      List.of("prestart", "createRuntime", "createContainer", "poststart", "poststop");

  @TempDir Path directory;
  private Daemon daemon;

  @BeforeEach
  void start() {
    daemon = Daemon.start();
  }

  @AfterEach
  void end() {
    daemon.close();
    EngineCgroups.removeEmpty("caisson-hooks");
  }

  private Bundle bundle(String script) throws IOException {
    var bundle = Bundle.make(daemon, directory, "sh", "-c", script);
    Files.writeString(
        directory.resolve("hook"),
        "#!/bin/sh\necho $1 $E $(readlink /proc/self/ns/net) $(cat) >> %s/seen\n"
            .formatted(directory));
    Command.of("chmod", "+x", directory + "/hook").run().ok();
    return bundle;
  }

  private static ObjectNode hook(ObjectNode spec, String point, String path, String... args) {
    var hook = spec.withObject("/hooks").withArray(point).addObject();
    hook.put("path", path).putArray("args").add(path);
    for (var arg : args) {
      hook.withArray("args").add(arg);
    }
    hook.putArray("env").add("E=env").add("PATH=/usr/bin:/bin");
    return hook;
  }

  @Test
  void hooksRunAtTheirPointsWithTheStateAndInTheirNetwork() throws IOException {
    var bundle = bundle("cat /dev/shm/state; sleep 1000");
    bundle.change(spec -> {
      ON_THE_HOST.forEach(point -> hook(spec, point, directory + "/hook", point));
      hook(spec, "startContainer", "/bin/sh", "-c", "cat > /dev/shm/state");
    });
    bundle.create("one").ok();
    bundle.runtime("start", "one").run().ok();
    var pid = Files.readString(bundle.pidFile());
    var own = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString();
    assertThat(bundle.runtime("exec", "one", "cat", "/dev/shm/state").run().ok().out())
        .contains("\"status\":\"created\"", "\"pid\":" + pid);
    bundle.runtime("delete", "--force", "one").run().ok();
    var seen = Files.readAllLines(directory.resolve("seen"));
    assertThat(seen.stream().map(line -> line.substring(0, line.indexOf(' '))))
        .isEqualTo(ON_THE_HOST);
    assertThat(seen).allMatch(line -> line.contains(" env ") && line.contains("\"id\":\"one\""));
    assertThat(seen).filteredOn(line -> line.contains(own)).hasSize(1);
    assertThat(seen.get(2)).contains(own).contains("\"status\":\"creating\"");
    assertThat(seen.get(3)).contains("\"status\":\"running\"");
    assertThat(seen.get(4)).contains("\"status\":\"stopped\"");
  }

  @Test
  void aHookThatFailsOrTakesTooLongFailsTheContainer() throws IOException {
    var bundle = bundle("echo never");
    bundle.change(spec -> hook(spec, "prestart", "/bin/sh", "-c", "echo bad >&2; exit 4"));
    assertThat(bundle.of("run", "one").run())
        .satisfies(it -> assertThat(it.code()).isEqualTo(1))
        .satisfies(it -> assertThat(it.out()).isEmpty())
        .satisfies(it -> assertThat(it.err()).contains("/bin/sh: exit status 4, output: bad"));
    bundle.change(spec -> {
      spec.remove("hooks");
      hook(spec, "createRuntime", "/bin/sleep", "60").put("timeout", 1);
    });
    assertThat(bundle.of("run", "one").run().err()).contains("/bin/sleep: it has not ended in 1 s");
    bundle.change(spec -> {
      spec.remove("hooks");
      hook(spec, "startContainer", "/nosuch");
    });
    assertThat(bundle.of("run", "one").run().err()).contains("/nosuch");
    bundle.change(spec -> {
      spec.remove("hooks");
      hook(spec, "poststart", "/bin/false");
    });
    assertThat(bundle.of("run", "one").run())
        .satisfies(it -> assertThat(it.code()).isEqualTo(1))
        .satisfies(it -> assertThat(it.err()).contains("/bin/false: exit status 1"));
    assertThat(bundle.runtime("list", "-q").run().ok().out()).isEmpty();
    assertThat(daemon.machines()).isEmpty();
  }

  @Test
  void theMachineAndTheMonitorsAreInTheContainersCgroup() throws IOException {
    var bundle = bundle("sleep 1000");
    bundle.change(spec -> spec.withObject("/linux").put("cgroupsPath", "/caisson-hooks/one"));
    bundle.create("one").ok();
    bundle.runtime("start", "one").run().ok();
    var monitor = Files.readString(bundle.pidFile());
    bundle.leaving("exec", "--detach", "one", "sleep", "1000").ok();
    var cgroup = cgroup("memory", monitor);
    assertThat(cgroup.toString()).endsWith("/caisson-hooks/one");
    assertThat(Files.readAllLines(cgroup.resolve("cgroup.procs")))
        .hasSize(3)
        .contains(monitor, machine());
    assertThat(bundle.runtime("events", "--stats", "one").run().ok().out())
        .startsWith("{\"type\":\"stats\",\"id\":\"one\"")
        .contains("\"pids\":{\"current\":2");
    bundle.runtime("delete", "--force", "one").run().ok();
    assertThat(cgroup).doesNotExist();
  }

  /** The process id of the only one. */
  private String machine() {
    assertThat(daemon.machines()).hasSize(1);
    return daemon.machines().getFirst().split(" ", 2)[0];
  }

  /** Of version 2 if that is all there is, else of the controller. */
  private static Path cgroup(String controller, String pid) throws IOException {
    var all = Path.of("/sys/fs/cgroup");
    var lines = Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"));
    for (var line : lines) {
      var parts = line.split(":", 3);
      if (parts[1].equals(controller)) {
        return all.resolve(controller + parts[2]);
      }
    }
    return all.resolve(lines.getFirst().split(":", 3)[2].substring(1));
  }

  @Test
  void aMonitorWhoseMachineDiesWithoutADaemonEndsAsKilled() throws IOException {
    var bundle = bundle("echo up; sleep 1000");
    var running = bundle.of("run", "one").begin();
    running.awaitOut("up\n");
    var machine = machine();
    daemon.kill();
    ProcessHandle.of(Long.parseLong(machine)).orElseThrow().destroyForcibly();
    assertThat(running.result().code()).isEqualTo(137);
    daemon.startAgain();
    assertThat(bundle.runtime("state", "one").run().ok().out()).contains("\"stopped\"");
    bundle.runtime("delete", "one").run().ok();
  }

  @Test
  void aBundleToBeginWithIsWrittenOnceAndRuns() throws IOException {
    var bundle = bundle("true");
    assertThat(bundle.runtime("spec", "--bundle", directory.toString()).run().err())
        .contains("config.json exists");
    Files.delete(directory.resolve("config.json"));
    bundle.runtime("spec", "--bundle", directory.toString()).run().ok();
    bundle.command("sh", "-c", "id -u; hostname");
    assertThat(bundle.of("run", "one").run().ok().out()).isEqualTo("0\ncaisson");
    assertThat(bundle.runtime("features").run().ok().out()).contains("\"ociVersionMax\"");
  }
}
