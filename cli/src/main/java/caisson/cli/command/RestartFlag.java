package caisson.cli.command;

import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;

/** A restart policy as users write it: {@code on-failure:3}. */
final class RestartFlag {
  private RestartFlag() {}

  /** Checks it. */
  static String checked(String text) {
    json(text);
    return text;
  }

  /** The policy as the API has it. */
  static Json json(String text) {
    int colon = text.indexOf(':');
    var name = colon < 0 ? text : text.substring(0, colon);
    if (name.isEmpty() && colon >= 0) {
      throw Values.invalid("invalid restart policy format: no policy provided before colon");
    }
    int most = colon < 0 ? 0 : count(text.substring(colon + 1));
    return new JsonObject().with("Name", name).with("MaximumRetryCount", most).build();
  }

  private static int count(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Values.invalid("invalid restart policy format: maximum retry count must be an integer");
    }
  }
}
