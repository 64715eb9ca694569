package caisson.api.wire;

/**
 * One line of {@code GET /containers/ID/changes}.
 *
 * @param kind 0 for what was changed, 1 added, 2 deleted
 */
public record FilesystemChange(String path, int kind) {}
