package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code GET /exec/ID/json}.
 *
 * @param exitCode empty until it has ended
 * @param pid in the container's machine
 */
public record ExecDetails(
    @JsonProperty("ID") String id,
    boolean running,
    Optional<Integer> exitCode,
    ExecProcess processConfig,
    boolean openStdin,
    boolean openStdout,
    boolean openStderr,
    boolean canRemove,
    @JsonProperty("ContainerID") String containerId,
    String detachKeys,
    int pid) {

  /** An exec's command. */
  public record ExecProcess(
      @JsonProperty("tty") boolean tty,
      @JsonProperty("entrypoint") String entrypoint,
      @JsonProperty("arguments") List<String> arguments,
      @JsonProperty("privileged") boolean privileged,
      @JsonProperty("user") String user) {
    public ExecProcess {
      arguments = Absent.list(arguments);
      user = Absent.text(user);
    }
  }
}
