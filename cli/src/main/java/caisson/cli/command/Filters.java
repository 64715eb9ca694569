package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters as the API takes them: {@code {"name":{"value":true}}}. */
final class Filters {
  private Filters() {}

  /**
   * Adds filters, if there are any.
   *
   * @param filters each {@code name=value}
   */
  static Target addTo(Target target, List<String> filters) {
    Map<String, Map<String, Json>> values = new LinkedHashMap<>();
    for (var filter : filters) {
      int equals = filter.indexOf('=');
      values
          .computeIfAbsent(
              filter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              _ -> new LinkedHashMap<>())
          .put(filter.substring(equals + 1).strip(), Json.of(true));
    }
    if (values.isEmpty()) {
      return target;
    }
    var members = new LinkedHashMap<String, Json>();
    values.forEach((name, accepted) -> members.put(name, new Json.Fields(accepted)));
    return target.with("filters", JsonText.write(new Json.Fields(members)));
  }
}
