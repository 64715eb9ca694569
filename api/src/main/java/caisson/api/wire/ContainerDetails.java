package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code GET /containers/ID/json}.
 *
 * @param path the command
 * @param args its arguments
 * @param image the image's id
 * @param name with a leading slash
 * @param sizeRw bytes that the container's own disk takes, where asked for
 * @param sizeRootFs the same with the image's layers
 */
public record ContainerDetails(
    String id,
    Instant created,
    String path,
    List<String> args,
    State state,
    String image,
    String logPath,
    String name,
    int restartCount,
    String driver,
    String platform,
    @JsonProperty("ExecIDs") Optional<List<String>> execIds,
    HostConfig hostConfig,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> sizeRw,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> sizeRootFs,
    List<MountPoint> mounts,
    ContainerConfig config,
    NetworkSettings networkSettings) {
  public ContainerDetails {
    args = Absent.list(args);
    mounts = Absent.list(mounts);
  }

  /**
   * What a container does.
   *
   * @param status created, running, paused, restarting, exited or dead
   * @param pid of the virtual machine, on the host; 0 if there is none
   */
  public record State(
      String status,
      boolean running,
      boolean paused,
      boolean restarting,
      @JsonProperty("OOMKilled") boolean oomKilled,
      boolean dead,
      long pid,
      int exitCode,
      String error,
      Instant startedAt,
      Instant finishedAt,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HealthDetails> health) {}
}
