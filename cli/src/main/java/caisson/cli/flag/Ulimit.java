package caisson.cli.flag;

import java.util.Set;

/**
 * A resource limit as {@code name=soft[:hard]} gives it.
 *
 * @param soft -1 is no limit
 * @param hard -1 is no limit
 */
public record Ulimit(String name, long soft, long hard) {
  private static final Set<String> NAMES =
      Set.of(
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  /** Reads {@code nofile=1024:2048}. */
  public static Ulimit parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw Values.invalid("invalid ulimit argument: " + text);
    }
    var name = text.substring(0, equals);
    if (!NAMES.contains(name)) {
      throw Values.invalid("invalid ulimit type: " + name);
    }
    var limits = text.substring(equals + 1).split(":", -1);
    if (limits.length > 2) {
      throw Values.invalid(
          "too many limit value arguments - %s, can only have up to two, `soft[:hard]`"
              .formatted(text.substring(equals + 1)));
    }
    long soft = Values.number(limits[0]);
    return new Ulimit(name, soft, limits.length == 2 ? Values.number(limits[1]) : soft).checked();
  }

  /** The form that {@link #parse} reads. */
  public String written() {
    return name + "=" + soft + ":" + hard;
  }

  private Ulimit checked() {
    if (hard != -1 && soft == -1) {
      throw Values.invalid(
          "ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: "
              + hard);
    }
    if (hard != -1 && soft > hard) {
      throw Values.invalid(
          "ulimit soft limit must be less than or equal to hard limit: %d > %d"
              .formatted(soft, hard));
    }
    return this;
  }
}
