package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same commands of podman's with runc and with caisson-runtime: who reads them sees no change.
 */
@Timeout(600)
final class RuncComparisonTest {
  /** A command of podman's a line; {@code DIR} is a directory of the host with a file in it. */
  private static final String COMMANDS =
      """
      run --rm --network none IMAGE sh -c 'echo o; echo e >&2; exit 3'
      run --rm --network none -e A=1 -w /tmp IMAGE sh -c 'echo $A $PWD'
      run --rm --network none -u 5:6 IMAGE id
      run --rm --network none --hostname box IMAGE sh -c 'hostname; cat /etc/hostname'
      run --rm --network none --read-only IMAGE sh -c 'echo x > /file'
      run --rm --network none --tmpfs /t IMAGE stat -f -c %T /t
      run --rm --network none --cap-drop all IMAGE grep Cap /proc/self/status
      run --rm --network none --cap-add NET_ADMIN IMAGE grep CapEff /proc/self/status
      run --rm --network none -u 7 IMAGE grep Cap /proc/self/status
      run --rm --network none --security-opt no-new-privileges IMAGE grep NoNew /proc/self/status
      run --rm --network none --group-add 9 IMAGE id -G
      run --rm --network none --sysctl net.ipv4.ip_forward=1 IMAGE cat /proc/sys/net/ipv4/ip_forward
      run --rm --network none -v DIR:/m:ro IMAGE sh -c 'cat /m/file; echo x > /m/file'
      run --rm --network none -v DIR:/m IMAGE sh -c 'echo y > /m/made; ls -ln /m/made | cut -c1-20'
      volume create vol
      run --rm --network none -v vol:/v IMAGE sh -c 'echo kept > /v/a'
      run --rm --network none -v vol:/v IMAGE cat /v/a
      run --rm --network none --entrypoint /bin/echo IMAGE a b
      run --rm --network none IMAGE ls /proc/kcore /proc/scsi /sys/firmware
      run --rm --network none IMAGE sh -c 'echo x > /proc/sysrq-trigger'
      run --rm --network none IMAGE sh -c 'kill -9 $$'
      run --rm --network none IMAGE /nosuch
      run --rm --network none IMAGE /etc/passwd
      run -d --network none --name worker IMAGE sh -c 'trap "exit 4" TERM; echo up; while true; do sleep 0.1; done'
      exec worker sh -c 'echo more > /more; exit 6'
      exec -u 3:4 -w /bin -e B=2 worker sh -c 'id -u; id -g; pwd; echo $B'
      exec worker /nosuch
      logs worker
      inspect -f {{.State.Status}} worker
      pause worker
      inspect -f {{.State.Status}} worker
      exec worker true
      unpause worker
      cp DIR/file worker:/copied
      exec worker cat /copied
      stop worker
      inspect -f '{{.State.Status}} {{.State.ExitCode}}' worker
      cp worker:/more DIR/back
      commit -q worker localhost/changed
      run --rm --network none localhost/changed cat /more /copied
      start worker
      exec worker cat /more
      kill --signal TERM worker
      wait worker
      rm worker
      create --network none --name once IMAGE sh -c 'echo first; exit 2'
      start --attach once
      start --attach once
      rm once
      run -d --network none --name again --restart on-failure:2 IMAGE false
      wait again
      rm -f again
      run -d --network none --name sick --health-cmd 'test -f /ok' --health-interval disable IMAGE sleep 1000
      healthcheck run sick
      exec sick touch /ok
      healthcheck run sick
      rm -f -t 0 sick
      ps -a -q
      """;

  @TempDir Path directory;

  /** What each command printed and how it ended; ids that are never the same are left out. */
  private List<String> seen(Daemon daemon, String name, String runtime) throws IOException {
    var own = Files.createDirectory(directory.resolve(name));
    var shared = Files.createDirectory(own.resolve("shared"));
    Files.writeString(shared.resolve("file"), "content\n");
    var seen = new ArrayList<String>();
    try (var podman = Podman.in(own, daemon, runtime)) {
      for (var line : COMMANDS.lines().toList()) {
        var words = line.replace("IMAGE", Podman.IMAGE).replace("DIR", shared.toString());
        var base = podman.command();
        var all = List.of("sh", "-c", String.join(" ", base.words()) + " " + words);
        var result = new Command(all, base.environment(), "").run();
        seen.add(line + " -> " + result.code() + " " + withoutIds(result.out()));
      }
    }
    return seen;
  }

  private static String withoutIds(String text) {
    return text.replaceAll("[0-9a-f]{64}", "ID");
  }

  @Test
  void podmanShowsTheSameWithBoth() throws IOException {
    try (var daemon = Daemon.start()) {
      var caisson = seen(daemon, "caisson", Bundle.engineRuntime(daemon, directory).toString());
      var runc = seen(daemon, "runc", "runc");
      assertThat(caisson).containsExactlyElementsOf(runc);
    }
  }
}
