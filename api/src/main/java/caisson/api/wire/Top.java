package caisson.api.wire;

import java.util.List;

/** The answer of {@code GET /containers/ID/top}: a table. */
public record Top(List<String> titles, List<List<String>> processes) {}
