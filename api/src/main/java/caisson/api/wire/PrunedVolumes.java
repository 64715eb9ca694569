package caisson.api.wire;

import java.util.List;

/**
 * The answer of {@code POST /volumes/prune}.
 *
 * @param volumesDeleted their names
 * @param spaceReclaimed bytes
 */
public record PrunedVolumes(List<String> volumesDeleted, long spaceReclaimed) {}
