package caisson.api.wire;

import java.util.List;

/** The answer of {@code GET /volumes}. */
public record VolumeList(List<VolumeDetails> volumes, List<String> warnings) {}
