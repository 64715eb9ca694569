package caisson.cli.output;

import caisson.cli.json.Json;

/** How far something is, as a bar and in figures. */
final class ProgressBar {
  private static final int WIDTH = 30;

  private ProgressBar() {}

  /** The bar of a report's detail, with a blank before it; nothing if there is nothing to tell. */
  static String text(Json detail) {
    long current = Math.max(detail.at("current").number(), 0);
    long total = detail.at("total").number();
    if (current == 0 && total <= 0) {
      return "";
    }
    if (total < current) {
      return "  " + Human.size(current);
    }
    int done = (int) (current * (double) WIDTH / total);
    var bar = "=".repeat(done) + ">" + " ".repeat(WIDTH - done);
    return " [" + bar + "]  " + Human.size(current) + "/" + Human.size(total);
  }
}
