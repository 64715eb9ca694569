package caisson.oci.image;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image's configuration document (image-spec, config.md, with Docker's additions). A field the
 * document does not have is empty; fields not named here are ignored.
 *
 * @param created when, in RFC 3339
 */
public record ImageConfig(
    Optional<String> created,
    Optional<String> author,
    String architecture,
    String os,
    Optional<String> variant,
    @JsonProperty("docker_version") Optional<String> dockerVersion,
    Optional<ContainerDefaults> config,
    Optional<Rootfs> rootfs,
    List<History> history) {
  public ImageConfig {
    architecture = Absent.text(architecture);
    os = Absent.text(os);
    history = Absent.list(history);
  }

  /**
   * What a container of the image does unless it is told otherwise.
   *
   * @param user as Docker writes it: a name or a number, and a group behind a colon
   */
  public record ContainerDefaults(
      @JsonProperty("User") Optional<String> user,
      @JsonProperty("ExposedPorts") Map<String, Object> exposedPorts,
      @JsonProperty("Env") List<String> env,
      @JsonProperty("Entrypoint") List<String> entrypoint,
      @JsonProperty("Cmd") List<String> cmd,
      @JsonProperty("Volumes") Map<String, Object> volumes,
      @JsonProperty("WorkingDir") Optional<String> workingDir,
      @JsonProperty("Labels") Map<String, String> labels,
      @JsonProperty("StopSignal") Optional<String> stopSignal,
      @JsonProperty("Healthcheck") Optional<Healthcheck> healthcheck) {
    /** Of an image that says nothing. */
    public static final ContainerDefaults NONE =
        new ContainerDefaults(
            Optional.empty(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty());

    public ContainerDefaults {
      exposedPorts = Absent.map(exposedPorts);
      env = Absent.list(env);
      entrypoint = Absent.list(entrypoint);
      cmd = Absent.list(cmd);
      volumes = Absent.map(volumes);
      labels = Absent.map(labels);
    }
  }

  /** The layers, bottom first, by the digests of their uncompressed archives. */
  public record Rootfs(String type, @JsonProperty("diff_ids") List<String> diffIds) {
    public Rootfs {
      type = Absent.text(type);
      diffIds = Absent.list(diffIds);
    }
  }

  /** How a layer came to be. */
  public record History(
      Optional<String> created,
      @JsonProperty("created_by") Optional<String> createdBy,
      Optional<String> author,
      Optional<String> comment,
      @JsonProperty("empty_layer") Optional<Boolean> emptyLayer) {}
}
