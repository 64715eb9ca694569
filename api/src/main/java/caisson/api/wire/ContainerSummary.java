package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container in the answer of {@code GET /containers/json}.
 *
 * @param names with leading slashes
 * @param image as the user named it
 * @param command with its arguments, in one text
 * @param created seconds since 1970
 * @param state like {@code running}
 * @param status the same for people: {@code Up 3 seconds}
 */
public record ContainerSummary(
    String id,
    List<String> names,
    String image,
    @JsonProperty("ImageID") String imageId,
    String command,
    long created,
    List<Port> ports,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> sizeRw,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> sizeRootFs,
    Map<String, String> labels,
    String state,
    String status,
    HostSummary hostConfig,
    NetworkSettings networkSettings,
    List<MountPoint> mounts) {
  public ContainerSummary {
    names = Absent.list(names);
    ports = Absent.list(ports);
    labels = Absent.map(labels);
    mounts = Absent.list(mounts);
  }

  /**
   * A port that the image or the user has named.
   *
   * @param ip of the host, empty with {@code publicPort} if it is not published
   * @param type tcp or udp
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Port(
      @JsonProperty("IP") Optional<String> ip,
      int privatePort,
      Optional<Integer> publicPort,
      String type) {}

  /** The part of a {@link HostConfig} that a list shows. */
  public record HostSummary(String networkMode) {}
}
