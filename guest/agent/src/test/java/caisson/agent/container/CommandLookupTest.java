package caisson.agent.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import caisson.agent.container.CommandLookup.Program;
import caisson.guest.protocol.Outcome;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sentences are Docker's: its clients look for them. */
final class CommandLookupTest {
  private static final Map<String, Program> FILES =
      Map.of(
          "/bin/sh", Program.EXECUTABLE,
          "/usr/bin/sh", Program.EXECUTABLE,
          "/bin/text", Program.FORBIDDEN,
          "/usr/bin/text", Program.EXECUTABLE,
          "/bin/dir", Program.DIRECTORY,
          "/etc/passwd/x", Program.THROUGH_A_FILE,
          "./here", Program.EXECUTABLE,
          "here", Program.EXECUTABLE,
          "/here", Program.EXECUTABLE);

  private static String find(String command, String... environment) {
    return CommandLookup.find(
        command, List.of(environment), path -> FILES.getOrDefault(path, Program.MISSING));
  }

  private static void assertRefused(String command, Outcome outcome, String message) {
    var failure =
        catchThrowableOfType(ContainerFailure.class, () -> find(command, "PATH=/usr/bin:/bin"));
    assertThat(failure).hasMessage(message);
    assertThat(failure.outcome()).isEqualTo(outcome);
  }

  @Test
  void takesTheFirstInThePath() {
    assertThat(find("sh", "PATH=/usr/bin:/bin")).isEqualTo("/usr/bin/sh");
    assertThat(find("sh", "PATH=/none:/bin/")).isEqualTo("/bin/sh");
    assertThat(find("text", "PATH=/bin:/usr/bin")).isEqualTo("/usr/bin/text");
    assertThat(find("sh", "PATH=/usr/bin", "PATH=/bin")).isEqualTo("/bin/sh");
  }

  @Test
  void takesAPathAsItIs() {
    assertThat(find("/bin/sh")).isEqualTo("/bin/sh");
    assertThat(find("./here")).isEqualTo("./here");
  }

  @Test
  void looksNowhereRelativeToTheWorkingDirectory() {
    var failure = catchThrowableOfType(ContainerFailure.class, () -> find("here", "PATH=:.:bin::"));
    assertThat(failure).hasMessage("exec: \"here\": executable file not found in $PATH");
  }

  @Test
  void saysWhyNotAsDockerDoes() {
    assertRefused(
        "nope", Outcome.COMMAND_NOT_FOUND, "exec: \"nope\": executable file not found in $PATH");
    assertRefused(
        "dir", Outcome.COMMAND_NOT_FOUND, "exec: \"dir\": executable file not found in $PATH");
    assertRefused("", Outcome.COMMAND_NOT_FOUND, "exec: \"\": executable file not found in $PATH");
    assertRefused(
        "/nope",
        Outcome.COMMAND_NOT_FOUND,
        "exec: \"/nope\": stat /nope: no such file or directory");
    assertRefused("/bin/dir", Outcome.COMMAND_NOT_EXECUTABLE, "exec: \"/bin/dir\": is a directory");
    assertRefused(
        "/bin/text", Outcome.COMMAND_NOT_EXECUTABLE, "exec: \"/bin/text\": permission denied");
    assertRefused(
        "/etc/passwd/x",
        Outcome.COMMAND_NOT_EXECUTABLE,
        "exec: \"/etc/passwd/x\": stat /etc/passwd/x: not a directory");
  }

  @Test
  void findsNothingWithoutAPath() {
    var failure = catchThrowableOfType(ContainerFailure.class, () -> find("sh", "A=b"));
    assertThat(failure.outcome()).isEqualTo(Outcome.COMMAND_NOT_FOUND);
  }

  @Test
  void saysWhatExecveRefused() {
    assertThat(refused(Errno.ENOEXEC)).hasMessage("exec /x: exec format error");
    assertThat(refused(Errno.ENOENT)).hasMessage("exec /x: no such file or directory");
    assertThat(refused(Errno.ENOENT).outcome()).isEqualTo(Outcome.COMMAND_NOT_FOUND);
    assertThat(refused(Errno.EACCES).outcome()).isEqualTo(Outcome.COMMAND_NOT_EXECUTABLE);
    assertThat(refused(Errno.E2BIG)).hasMessage("exec /x: argument list too long");
    assertThat(refused(Errno.ELOOP)).hasMessage("exec /x: ELOOP (40)");
  }

  private static ContainerFailure refused(int errno) {
    return CommandLookup.refused("/x", new ErrnoException("exec", "/x", errno));
  }

  @Test
  void addsAHomeWhereThereIsNone() {
    assertThat(Environment.withHome(List.of("A=b"), "/root")).containsExactly("A=b", "HOME=/root");
    assertThat(Environment.withHome(List.of("HOME=", "A=b"), "/h"))
        .containsExactly("A=b", "HOME=/h");
    assertThat(Environment.withHome(List.of("HOME=/mine"), "/h")).containsExactly("HOME=/mine");
    assertThat(Environment.withHome(List.of("HOME=/x", "HOME="), "/h")).containsExactly("HOME=/h");
  }
}
