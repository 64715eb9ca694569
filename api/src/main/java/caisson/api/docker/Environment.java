package caisson.api.docker;

import java.util.LinkedHashMap;
import java.util.List;

/** Lists of {@code NAME=value}. */
public final class Environment {
  private Environment() {}

  /** {@code base} with {@code over} on top; a name without a value takes the variable away. */
  public static List<String> overlay(List<String> base, List<String> over) {
    var variables = new LinkedHashMap<String, String>();
    base.forEach(entry -> variables.put(name(entry), entry));
    for (var entry : over) {
      if (entry.indexOf('=') < 0) {
        variables.remove(entry);
      } else {
        variables.put(name(entry), entry);
      }
    }
    return List.copyOf(variables.values());
  }

  private static String name(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }
}
