package caisson.api.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The decoded query of a request. An empty value counts as absent, as it does for dockerd. */
public final class Query {
  private static final Set<String> FALSE = Set.of("", "0", "no", "false", "none");

  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads {@code a=1&b=x%2Fy+z}. */
  public static Query parse(String text) {
    var values = new HashMap<String, List<String>>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = decode(equals < 0 ? pair : pair.substring(0, equals));
        var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return new Query(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw BadRequest.of("invalid URL escape in the query \"" + text + "\"");
    }
  }

  /** Every value of {@code name}, in order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The first value of {@code name} unless it is empty. */
  public Optional<String> text(String name) {
    return all(name).stream().findFirst().filter(value -> !value.isEmpty());
  }

  /** Docker's booleans: everything but nothing, 0, no, false and none means yes. */
  public boolean flag(String name) {
    return text(name)
        .map(value -> !FALSE.contains(value.strip().toLowerCase(Locale.ROOT)))
        .orElse(false);
  }

  /** A whole number. */
  public Optional<Integer> number(String name) {
    return text(name)
        .map(value -> {
          try {
            return Integer.valueOf(value.strip());
          } catch (NumberFormatException e) {
            throw BadRequest.of(
                "invalid value \"%s\" for \"%s\": a whole number is expected"
                    .formatted(value, name));
          }
        });
  }
}
