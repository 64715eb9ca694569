package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/** One thing that {@code DELETE /images/NAME} took away: a name, or an image or a layer. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ImageRemoval(Optional<String> untagged, Optional<String> deleted) {
  public static ImageRemoval untagged(String name) {
    return new ImageRemoval(Optional.of(name), Optional.empty());
  }

  public static ImageRemoval deleted(String digest) {
    return new ImageRemoval(Optional.empty(), Optional.of(digest));
  }
}
