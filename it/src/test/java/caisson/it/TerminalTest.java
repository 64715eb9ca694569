package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's terminal joined to a process's terminal in a machine. */
@ExtendWith(SharedDaemon.class)
class TerminalTest {
  private static final String NAME = "interactive";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String CTRL_P = "\u0010";
  private static final String CTRL_Q = "\u0011";
  private static final String CTRL_X = "\u0018";
  private static final String CTRL_Z = "\u001a";

  /** Says its size now and whenever it changes; the first process ends by no signal untrapped. */
  private static final String SIZES =
      "trap 'exit 7' INT; trap 'stty size' WINCH; stty size; while :; do sleep 0.1; done";

  private final Cli caisson;

  TerminalTest(Cli caisson) {
    this.caisson = caisson;
  }

  @AfterEach
  void remove() {
    caisson.run("rm", "-f", NAME);
  }

  private HostTerminal shell(String... flags) {
    var words = new String[flags.length + 6];
    System.arraycopy(new String[] {"run", "--name", NAME, "-it"}, 0, words, 0, 4);
    System.arraycopy(flags, 0, words, 4, flags.length);
    System.arraycopy(new String[] {TestImage.NAME, "sh"}, 0, words, flags.length + 4, 2);
    var terminal = HostTerminal.start(caisson, 24, 80, words);
    terminal.awaitShown("# ");
    return terminal;
  }

  private void start(String... command) {
    var words = new String[command.length + 5];
    System.arraycopy(new String[] {"run", "-d", "--name", NAME, TestImage.NAME}, 0, words, 0, 5);
    System.arraycopy(command, 0, words, 5, command.length);
    caisson.out(words);
  }

  private boolean isRunning() {
    return !caisson.out("ps", "-q", "--filter", "name=" + NAME).isEmpty();
  }

  /** The shell shows what is typed too: what it prints has to look different. */
  private static void assertAnswers(HostTerminal terminal, String word) {
    terminal.type("echo " + word.charAt(0) + "''" + word.substring(1) + "\r");
    terminal.awaitShown(word + "\r\n");
  }

  private static void assertFollows(HostTerminal terminal) {
    terminal.awaitShown("33 111\r\n");
    terminal.resize(40, 120);
    terminal.awaitShown("40 120\r\n");
    terminal.resize(5, 7);
    terminal.awaitShown("5 7\r\n");
    terminal.type(CTRL_C);
    terminal.awaitEnd(7);
  }

  @Test
  void runTakesOverItsSizeAndFollowsIt() {
    assertFollows(
        HostTerminal.start(
            caisson, 33, 111, "run", "--rm", "-it", TestImage.NAME, "sh", "-c", SIZES));
  }

  @Test
  void execTakesOverItsSizeAndFollowsIt() {
    start("sleep", "1000");
    assertFollows(HostTerminal.start(caisson, 33, 111, "exec", "-it", NAME, "sh", "-c", SIZES));
  }

  @Test
  void keysInterruptAndStopWhatRunsInFront() {
    var terminal = shell("--rm");
    terminal.type("sh -c 'echo u''p; exec sleep 1000'\r");
    terminal.awaitShown("up\r\n");
    terminal.type(CTRL_C);
    terminal.awaitShown("# ");
    terminal.type("echo co''de $?\r");
    terminal.awaitShown("code 130\r\n");
    terminal.type("sh -c 'echo u''p; exec sleep 1000'\r");
    terminal.awaitShown("up\r\n");
    terminal.type(CTRL_Z);
    terminal.awaitShown("Stopped");
    assertAnswers(terminal, "meanwhile");
    terminal.type("kill %1; fg\r");
    terminal.awaitShown("# ");
    terminal.type(CTRL_D);
    terminal.awaitEnd(143);
  }

  @Test
  void keysLetGoOfAContainerThatCanBeJoinedAgain() {
    var terminal = shell();
    terminal.type("kept=yes\r" + CTRL_P + CTRL_Q);
    terminal.awaitEnd(0);
    assertThat(isRunning()).isTrue();
    var again = HostTerminal.start(caisson, 30, 90, "attach", NAME);
    again.type("stty size; echo $kept\r");
    again.awaitShown("30 90\r\nyes\r\n");
    again.type("exit 4\r");
    again.awaitEnd(4);
    assertThat(isRunning()).isFalse();
  }

  @Test
  void otherKeysCanLetGo() {
    var terminal = shell("--detach-keys", "ctrl-x,x");
    terminal.type(CTRL_P + CTRL_Q + "\u0015");
    assertAnswers(terminal, "still");
    terminal.type(CTRL_X + "x");
    terminal.awaitEnd(0);
    assertThat(isRunning()).isTrue();
    var again = HostTerminal.start(caisson, 24, 80, "attach", "--detach-keys", "a,b", NAME);
    again.type("\r");
    again.awaitShown("# ");
    again.type("ab");
    again.awaitEnd(0);
    assertThat(isRunning()).isTrue();
  }

  @Test
  void keysLetGoOfAnExec() {
    start("sleep", "1000");
    var terminal = HostTerminal.start(caisson, 24, 80, "exec", "-it", NAME, "sh");
    terminal.awaitShown("# ");
    terminal.type("exec sleep 999\r");
    terminal.type(CTRL_P + CTRL_Q);
    terminal.awaitEnd(0);
    assertThat(caisson.out("exec", NAME, "ps")).contains("sleep 999");
    var other =
        HostTerminal.start(caisson, 24, 80, "exec", "-it", "--detach-keys", "q", NAME, "sh");
    other.awaitShown("# ");
    other.type("q");
    other.awaitEnd(0);
    assertThat(isRunning()).isTrue();
  }

  @Test
  void theTerminalIsRestoredWhenTheProcessIsKilled() {
    var terminal = shell();
    caisson.out("kill", NAME);
    terminal.awaitEnd(137);
  }
}
