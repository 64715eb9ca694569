package caisson.api.wire;

import java.util.List;

/**
 * The answer of {@code POST /images/prune}.
 *
 * @param spaceReclaimed bytes
 */
public record PrunedImages(List<ImageRemoval> imagesDeleted, long spaceReclaimed) {}
