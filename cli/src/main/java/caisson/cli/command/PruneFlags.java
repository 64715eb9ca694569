package caisson.cli.command;

import caisson.cli.flag.Flag;
import caisson.cli.flag.Values;
import java.util.List;

/** What the commands that clear away have in common. */
final class PruneFlags {
  static final Flag<List<String>> FILTER =
      Flag.list(
          "",
          "filter",
          "filter",
          "Provide filter values (e.g. \"until=<timestamp>\")",
          Values::filter);
  static final Flag<Boolean> FORCE = Flag.toggle("f", "force", "Do not prompt for confirmation");

  private PruneFlags() {}
}
