package caisson.api.wire;

import java.util.List;
import java.util.Map;

/**
 * The answer of {@code GET /system/df}.
 *
 * @param layersSize bytes that the images take, each layer counted once
 */
public record DiskUsage(
    long layersSize,
    List<ImageSummary> images,
    List<ContainerSummary> containers,
    List<Map<String, Object>> volumes,
    List<Map<String, Object>> buildCache) {}
