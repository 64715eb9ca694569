package caisson.oci.image;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One element of {@code manifest.json} in an archive of {@code docker save} (moby, image/spec/v1.2,
 * "Combined Image JSON + Filesystem Changeset Format").
 *
 * @param config the member that is the image's configuration
 * @param repoTags the image's names
 * @param layers the members that are its layers' archives, bottom first
 */
public record DockerArchiveImage(
    @JsonProperty("Config") String config,
    @JsonProperty("RepoTags") List<String> repoTags,
    @JsonProperty("Layers") List<String> layers) {
  public DockerArchiveImage {
    config = Absent.text(config);
    repoTags = Absent.list(repoTags);
    layers = Absent.list(layers);
  }
}
