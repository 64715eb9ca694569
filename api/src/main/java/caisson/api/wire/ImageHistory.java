package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;

/**
 * A step in the answer of {@code GET /images/NAME/history}, newest first.
 *
 * @param id the image's id at the newest step, {@code <missing>} before
 * @param created seconds since 1970
 * @param size bytes
 */
public record ImageHistory(
    String id, long created, String createdBy, List<String> tags, long size, String comment) {
  public ImageHistory {
    tags = Absent.list(tags);
  }
}
