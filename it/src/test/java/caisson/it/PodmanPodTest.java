package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pods of stock podman: several containers in one machine. */
@Timeout(300)
final class PodmanPodTest {
  private static final String POD = "thepod";

  @TempDir Path directory;
  private Daemon daemon;
  private Podman podman;

  @BeforeEach
  void start() throws IOException {
    daemon = Daemon.start();
    podman = Podman.in(directory, daemon, Bundle.engineRuntime(daemon, directory).toString());
  }

  @AfterEach
  void end() {
    podman.run("pod", "rm", "--all", "--force", "--time", "0").ok();
    podman.close();
    daemon.close();
  }

  private Result podman(String... words) {
    return podman.run(words);
  }

  private void makePod(String... options) {
    var all = new ArrayList<>(List.of("pod", "create", "--name", POD, "--network", "none"));
    all.addAll(List.of("--infra-image", Podman.IMAGE, "--infra-command", "sleep 100000"));
    all.addAll(List.of(options));
    podman(all.toArray(String[]::new)).ok();
  }

  private Result run(String name, String... words) {
    var all = new ArrayList<>(List.of("run", "-d", "--pod", POD, "--name", name, Podman.IMAGE));
    all.addAll(List.of(words));
    return podman(all.toArray(String[]::new));
  }

  /** A pod of two containers that run until they are told to end. */
  private void makeTwo(String... options) {
    makePod(options);
    for (var name : List.of("first", "second")) {
      run(name, "sh", "-c", "echo of-$0; trap 'exit 3' TERM; while true; do sleep 0.1; done", name)
          .ok();
    }
  }

  private String exec(String container, String script) {
    return podman("exec", container, "sh", "-c", script).ok().out();
  }

  @Test
  void containersOfAPodShareItsMachineAndNotTheirFiles() {
    makeTwo();
    assertThat(daemon.machines()).hasSize(1);
    assertThat(exec("first", "cat /proc/sys/kernel/random/boot_id"))
        .isEqualTo(exec("second", "cat /proc/sys/kernel/random/boot_id"));
    assertThat(exec("first", "hostname")).isEqualTo(POD).isEqualTo(exec("second", "hostname"));
    exec("first", "echo here > /file; echo there > /dev/shm/file");
    assertThat(exec("second", "cat /dev/shm/file; ls /file 2>&1 || echo none"))
        .isEqualTo("there\nls: /file: No such file or directory\nnone");
    exec("first", "echo hello | nc -l -p 8080 > /dev/null 2>&1 &");
    assertThat(exec("second", "until nc 127.0.0.1 8080 < /dev/null; do sleep 0.1; done"))
        .isEqualTo("hello");
    assertThat(exec("second", "ps -o args")).contains("of-$0; trap").doesNotContain("of-first");
    assertThat(exec("second", "readlink /proc/1/ns/ipc"))
        .isEqualTo(exec("first", "readlink /proc/1/ns/ipc"));
    assertThat(exec("second", "readlink /proc/1/ns/pid"))
        .isNotEqualTo(exec("first", "readlink /proc/1/ns/pid"));
  }

  @Test
  void oneEndsAndStartsAgainWhileTheOtherGoesOn() {
    makeTwo();
    var started = exec("second", "cat /proc/1/stat | cut -d' ' -f22");
    exec("first", "echo kept > /file");
    podman("stop", "first").ok();
    assertThat(podman("inspect", "--format", "{{.State.ExitCode}}", "first").ok().out())
        .isEqualTo("3");
    assertThat(podman("logs", "first").ok().out()).isEqualTo("of-first");
    podman("start", "first").ok();
    assertThat(exec("first", "cat /file")).isEqualTo("kept");
    podman("kill", "--signal", "KILL", "first").ok();
    podman("wait", "first").ok();
    podman("rm", "first").ok();
    run("third", "sleep", "1000").ok();
    assertThat(exec("third", "hostname")).isEqualTo(POD);
    assertThat(exec("second", "cat /proc/1/stat | cut -d' ' -f22")).isEqualTo(started);
    assertThat(daemon.machines()).hasSize(1);
    podman("pod", "rm", "--force", "--time", "0", POD).ok();
    assertThat(daemon.machines()).isEmpty();
  }

  @Test
  void processesAreSharedWhenThePodSaysSo() {
    makeTwo("--share", "pid,ipc,net,uts");
    assertThat(exec("second", "ps -o args")).contains("sleep 100000", "of-$0");
    assertThat(exec("second", "readlink /proc/self/ns/pid"))
        .isEqualTo(exec("first", "readlink /proc/self/ns/pid"));
  }

  @Test
  void aDaemonThatIsKilledFindsAllOfThemAgain() {
    makeTwo();
    run(
            "counter",
            "sh",
            "-c",
            "i=0; while [ $i -lt 200 ]; do echo $i; i=$((i+1)); sleep 0.01; done")
        .ok();
    daemon.kill();
    daemon.startAgain();
    assertThat(exec("first", "hostname")).isEqualTo(POD);
    podman("wait", "counter").ok();
    var lines = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      lines.add(String.valueOf(i));
    }
    assertThat(podman("logs", "counter").ok().out().lines().toList()).isEqualTo(lines);
    run("late", "sleep", "1000").ok();
    assertThat(exec("late", "hostname")).isEqualTo(POD);
    assertThat(daemon.machines()).hasSize(1);
  }

  @Test
  void aMachineThatDiesTakesItsPodAlong() {
    makeTwo();
    long qemu = new Scanner(daemon.machines().getFirst()).nextLong();
    assertThat(ProcessHandle.of(qemu).orElseThrow().destroyForcibly()).isTrue();
    assertThat(podman("wait", "first", "second").ok().out()).isEqualTo("137\n137");
    podman("pod", "rm", "--force", "--time", "0", POD).ok();
    assertThat(daemon.machines()).isEmpty();
  }
}
