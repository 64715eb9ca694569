package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container of an image does unless it is told otherwise.
 *
 * @param user a name or a number, and a group behind a colon; "" is root
 * @param exposedPorts the keys are like {@code 80/tcp}, the values empty objects
 * @param volumes the keys are paths, the values empty objects
 */
public record ImageDefaults(
    String user,
    Map<String, Object> exposedPorts,
    List<String> env,
    Optional<List<String>> entrypoint,
    Optional<List<String>> cmd,
    Map<String, Object> volumes,
    String workingDir,
    Map<String, String> labels,
    Optional<String> stopSignal,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HealthConfig> healthcheck) {
  public ImageDefaults {
    user = Absent.text(user);
    exposedPorts = Absent.map(exposedPorts);
    env = Absent.list(env);
    volumes = Absent.map(volumes);
    workingDir = Absent.text(workingDir);
    labels = Absent.map(labels);
  }
}
