package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code GET /images/NAME/json}.
 *
 * @param size bytes
 */
public record ImageDetails(
    String id,
    List<String> repoTags,
    List<String> repoDigests,
    String parent,
    String comment,
    Instant created,
    String dockerVersion,
    String author,
    ImageDefaults config,
    String architecture,
    String variant,
    String os,
    long size,
    Optional<Long> virtualSize,
    @JsonProperty("RootFS") RootFs rootFs) {
  public ImageDetails {
    repoTags = Absent.list(repoTags);
    repoDigests = Absent.list(repoDigests);
  }

  /** An image's layers, by the digests of their archives. */
  public record RootFs(String type, List<String> layers) {
    public RootFs {
      layers = Absent.list(layers);
    }
  }
}
