package caisson.cli.command;

import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * {@code -v [SOURCE:]DESTINATION[:MODE]}: a source that begins with a slash or a dot is a path of
 * the host, another one a volume's name, and without one the volume is the container's own.
 */
final class VolumeFlag {
  private VolumeFlag() {}

  /** Looks whether there is anything in {@code text}, and answers it with an absolute source. */
  static String checked(String text) {
    if (text.isEmpty()) {
      throw Values.invalid("invalid empty volume spec");
    }
    int colon = text.indexOf(':');
    if (!text.startsWith(".") || colon < 0) {
      return text;
    }
    return Path.of(text.substring(0, colon)).toAbsolutePath().normalize() + text.substring(colon);
  }

  /** Those with a source. */
  static List<String> binds(List<String> volumes) {
    return volumes.stream().filter(text -> text.contains(":")).toList();
  }

  /** The destinations of the others, each with an empty object. */
  static Json anonymous(List<String> volumes) {
    var destinations = new LinkedHashMap<String, Json>();
    for (var text : volumes) {
      if (!text.contains(":")) {
        destinations.put(text, new Json.Fields(new LinkedHashMap<>()));
      }
    }
    return new Json.Fields(destinations);
  }
}
