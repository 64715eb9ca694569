package caisson.api.wire;

import java.util.List;

/**
 * The answer of {@code POST /build/prune}.
 *
 * @param spaceReclaimed bytes
 */
public record PrunedCache(List<String> cachesDeleted, long spaceReclaimed) {}
