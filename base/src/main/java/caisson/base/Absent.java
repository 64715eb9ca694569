package caisson.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a field is that the document does not have. */
public final class Absent {
  private Absent() {}

  /** An empty list for none. */
  public static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : List.copyOf(value);
  }

  /** An empty text for none. */
  public static String text(@Nullable String value) {
    return or(value, "");
  }

  /** An empty map for none; the order stays. */
  public static <K, V> Map<K, V> map(@Nullable Map<K, V> value) {
    return value == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(value));
  }

  /** An empty map for none, and an empty text for a name that has none. */
  public static Map<String, String> texts(@Nullable Map<String, String> value) {
    var texts = new LinkedHashMap<String, String>();
    if (value != null) {
      value.forEach((name, text) -> texts.put(name, text(text)));
    }
    return Collections.unmodifiableMap(texts);
  }

  /** {@code otherwise} for none. */
  public static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
