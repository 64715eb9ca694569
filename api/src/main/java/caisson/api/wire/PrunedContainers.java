package caisson.api.wire;

import java.util.List;

/**
 * The answer of {@code POST /containers/prune}.
 *
 * @param spaceReclaimed bytes
 */
public record PrunedContainers(List<String> containersDeleted, long spaceReclaimed) {}
