package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Optional;

/**
 * The body of {@code POST /containers/ID/exec}.
 *
 * @param env {@code NAME=value}, over the container's own
 * @param user "" for the container's
 * @param workingDir "" for the container's
 * @param consoleSize rows and columns
 */
public record CreateExec(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> cmd,
    List<String> env,
    String user,
    String workingDir,
    boolean privileged,
    boolean tty,
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    String detachKeys,
    Optional<List<Integer>> consoleSize) {
  public CreateExec {
    cmd = Absent.list(cmd);
    env = Absent.list(env);
    user = Absent.text(user);
    workingDir = Absent.text(workingDir);
    detachKeys = Absent.text(detachKeys);
    consoleSize = consoleSize.map(Absent::list);
  }
}
