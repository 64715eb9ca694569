package caisson.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** What a request is about: a path and a query. */
public record Target(String path, String query) {
  /** The path of {@code segments}, each of which is escaped. */
  public static Target of(String... segments) {
    var path = new StringBuilder();
    for (var segment : segments) {
      path.append('/').append(escape(segment));
    }
    return new Target(path.toString(), "");
  }

  /** The same with a further parameter. */
  public Target with(String name, String value) {
    var parameter = name + "=" + escape(value);
    return new Target(path, query.isEmpty() ? parameter : query + "&" + parameter);
  }

  /** The same with a parameter that is only given where it means yes. */
  public Target with(String name, boolean value) {
    return value ? with(name, "1") : this;
  }

  /** The same with a parameter that is only given where it says something. */
  public Target withText(String name, String value) {
    return value.isEmpty() ? this : with(name, value);
  }

  /** The same with a parameter for each value. */
  public Target withAll(String name, Collection<String> values) {
    var result = this;
    for (var value : values) {
      result = result.with(name, value);
    }
    return result;
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + query;
  }
}
