package caisson.api.wire;

import java.util.List;

/** The answer of {@code POST /containers/ID/update}. */
public record Updated(List<String> warnings) {}
