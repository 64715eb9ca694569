package caisson.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.it.agent.GuestMachine.Running;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The agent's bounds that only a real guest reaches: what is at a bound works, what is past not.
 */
@Timeout(600)
final class AgentLimitsTest {
  private static final int CONTAINERS = 16;
  private static final int ACCOUNT_FILE = 4 << 20;
  private static final int CGROUPS = 1024;
  private static final int CGROUPS_DEEP = 16;
  private static final int FAILURE = 2046;

  private static GuestMachine guest;

  private final List<Running> containers = new ArrayList<>();

  @BeforeAll
  static void open() throws IOException {
    guest = GuestMachine.open();
  }

  @AfterAll
  static void close() throws IOException {
    guest.close();
  }

  @AfterEach
  void delete() {
    containers.forEach(guest::delete);
    assertThat(guest.run(Setup.script("echo well")).stdout()).isEqualTo("well\n");
  }

  private Running start(Setup setup) {
    var container = guest.start(setup);
    containers.add(container);
    return container;
  }

  private static Setup sleep() {
    return Setup.command("sleep", "100000");
  }

  @Test
  void containers() {
    for (int i = 0; i < CONTAINERS; i++) {
      start(sleep().withoutWritableDisk());
    }
    assertThatThrownBy(() -> guest.start(sleep().withoutWritableDisk()))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_RESOURCES))
        .hasMessage("there are 16 containers already");
    guest.delete(containers.removeLast());
    start(sleep().withoutWritableDisk());
  }

  @Test
  void accountFiles() {
    accountFile("/etc/passwd", "last:x:77:78::/:/bin/sh", "last", "77");
    accountFile("/etc/group", "last:x:78:", "0:last", "0");
  }

  /** Writes a file of empty lines with one at its end that a process is to be found in. */
  private void accountFile(String file, String line, String user, String uid) {
    var container = start(sleep().mount("/etc", "tmpfs"));
    int empty = ACCOUNT_FILE - line.length();
    String fill =
        "head -c %d /dev/zero | tr '\\0' '\\n' > %s; printf %s >> %s"
            .formatted(empty, file, line, file);
    assertThat(guest.exec(container, Setup.script(fill)).stderr()).isEmpty();
    var asLast = Setup.script("id -u").user(user);
    assertThat(guest.exec(container, asLast).stdout()).isEqualTo(uid + "\n");
    guest.exec(container, Setup.script("echo >> " + file));
    assertThatThrownBy(() -> guest.exec(container, asLast))
        .hasMessage(file + " in the container has more than 4194304 bytes");
    guest.delete(containers.removeLast());
  }

  private static Setup withCgroups(String script) {
    return Setup.script("mount -t cgroup2 c /tmp && cd /tmp && " + script)
        .capabilities(-1L >>> 23, 0);
  }

  @Test
  void depthOfCgroups() {
    String script = "i=0; while mkdir d 2>/dev/null; do cd d; i=$((i+1)); done; echo $i";
    assertThat(guest.run(withCgroups(script)).stdout()).isEqualTo(CGROUPS_DEEP + "\n");
  }

  @Test
  void numberOfCgroups() {
    String script = "mkdir $(seq 1 " + (CGROUPS + 5) + ") 2>/dev/null; ls -d */ | wc -l";
    assertThat(guest.run(withCgroups(script)).stdout()).isEqualTo(CGROUPS + "\n");
  }

  @Test
  void wordsOfAFailure() {
    String around = "exec: \"\": executable file not found in $PATH";
    String longest = "x".repeat(FAILURE - around.length());
    assertThatThrownBy(() -> guest.run(Setup.command(longest)))
        .hasMessage("exec: \"" + longest + "\": executable file not found in $PATH");
    assertThatThrownBy(() -> guest.run(Setup.command(longest + "x")))
        .hasMessage("exec: \"" + longest + "x\": executable file not found in $PAT");
  }
}
