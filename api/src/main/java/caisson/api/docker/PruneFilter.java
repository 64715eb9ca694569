package caisson.api.docker;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a prune spares: by labels, and what was made after a moment. */
public final class PruneFilter {
  private final Filters filters;
  private final Optional<Instant> until;

  private PruneFilter(Filters filters, Optional<Instant> until) {
    this.filters = filters;
    this.until = until;
  }

  /**
   * Reads a query's filters.
   *
   * @param known those beside {@code label}, {@code label!} and {@code until}
   */
  public static PruneFilter parse(Optional<String> text, Set<String> known, Instant now) {
    var all = new java.util.HashSet<>(Set.of("label", "label!", "until"));
    all.addAll(known);
    var filters = Filters.parse(text, all);
    var until = filters.of("until").stream().findFirst();
    return new PruneFilter(filters, until.map(moment -> Moments.parse(moment, "until", now)));
  }

  /** The filters as they are. */
  public Filters filters() {
    return filters;
  }

  /** Whether what was made then, with those labels, may go. */
  public boolean passes(Instant created, Map<String, String> labels) {
    return until.map(created::isBefore).orElse(true)
        && filters.labels(labels)
        && !filters.excludes(labels);
  }
}
