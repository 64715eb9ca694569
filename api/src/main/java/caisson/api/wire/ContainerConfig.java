package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.Optional;

/**
 * What a container is, wherever it runs.
 *
 * @param exposedPorts the keys are like {@code 80/tcp}, the values empty objects
 * @param volumes the keys are paths, the values empty objects
 * @param stopSignal a name or a number
 * @param stopTimeout seconds
 */
public record ContainerConfig(
    String image,
    String hostname,
    String domainname,
    @JsonUnwrapped CommandConfig command,
    @JsonUnwrapped StreamConfig streams,
    Map<String, Object> exposedPorts,
    Map<String, Object> volumes,
    Map<String, String> labels,
    Optional<String> stopSignal,
    Optional<Integer> stopTimeout,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<HealthConfig> healthcheck) {
  public ContainerConfig {
    image = Absent.text(image);
    hostname = Absent.text(hostname);
    domainname = Absent.text(domainname);
    exposedPorts = Absent.map(exposedPorts);
    volumes = Absent.map(volumes);
    labels = Absent.texts(labels);
  }
}
