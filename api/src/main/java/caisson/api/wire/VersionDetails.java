package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** The answer of {@code GET /version}. */
public record VersionDetails(
    Platform platform,
    List<Component> components,
    String version,
    String apiVersion,
    @JsonProperty("MinAPIVersion") String minApiVersion,
    String gitCommit,
    String goVersion,
    String os,
    String arch,
    String kernelVersion,
    String buildTime) {
  public VersionDetails {
    components = Absent.list(components);
  }

  /** What the whole is called. */
  public record Platform(String name) {}

  /** A part with a version of its own. */
  public record Component(String name, String version, Map<String, String> details) {
    public Component {
      details = Absent.map(details);
    }
  }
}
