package caisson.runtime;

import caisson.libc.PollSet;
import java.nio.charset.StandardCharsets;

/** What a container uses, told again and again until it ends. */
final class StatsEvents {
  private static final String DEFAULT_INTERVAL = "5s";

  private final Containers containers;
  private final String id;
  private final boolean once;
  private final int milliseconds;

  StatsEvents(Containers containers, Options options) {
    this.containers = containers;
    this.id = options.id();
    this.once = options.flag("stats");
    this.milliseconds = Time.milliseconds(options.value("interval").orElse(DEFAULT_INTERVAL));
  }

  /** Prints them, one a line. */
  void print() {
    byte[] stats = containers.get(id, "/stats", "");
    try (PollSet nothing = new PollSet()) {
      boolean more = true;
      while (more) {
        Main.print(new String(stats, StandardCharsets.UTF_8) + "\n");
        if (!once) {
          nothing.await(milliseconds);
          stats = containers.get(id, "/stats", "&last=true");
        }
        more = !once && stats.length > 0;
      }
    }
  }
}
