package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image in the answer of {@code GET /images/json}.
 *
 * @param created seconds since 1970
 * @param size bytes
 * @param sharedSize -1: not counted
 * @param containers -1: not counted
 */
public record ImageSummary(
    int containers,
    long created,
    String id,
    Map<String, String> labels,
    String parentId,
    List<String> repoDigests,
    List<String> repoTags,
    long sharedSize,
    long size,
    Optional<Long> virtualSize) {
  public ImageSummary {
    labels = Absent.map(labels);
    repoDigests = Absent.list(repoDigests);
    repoTags = Absent.list(repoTags);
  }
}
