package caisson.api.wire;

import caisson.base.Absent;
import java.util.Map;

/**
 * Where a container's output is kept.
 *
 * @param type {@code json-file}; "" means the same
 * @param config {@code max-size} and {@code max-file}
 */
public record LogConfig(String type, Map<String, String> config) {
  public static final LogConfig DEFAULT = new LogConfig("json-file", Map.of());

  public LogConfig {
    type = Absent.text(type);
    config = Absent.texts(config);
  }
}
