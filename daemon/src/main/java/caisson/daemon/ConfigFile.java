package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a configuration file says. */
record ConfigFile(Map<Setting, String> values) {
  static final ConfigFile EMPTY = new ConfigFile(Map.of());

  /** Reads a file that may be missing. */
  static ConfigFile readIfPresent(Path file) {
    try {
      return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString());
    } catch (NoSuchFileException e) {
      return EMPTY;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Reads a file that somebody named. */
  static ConfigFile read(Path file) {
    try {
      return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static CaissonException unreadable(Path file, IOException e) {
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT, "cannot read the configuration " + file + ": " + e, e);
  }

  /**
   * Reads lines.
   *
   * @param name the file's, for errors
   */
  static ConfigFile parse(List<String> lines, String name) {
    var values = new EnumMap<Setting, String>(Setting.class);
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(line, values, name + ":" + (i + 1) + ": ");
      }
    }
    return new ConfigFile(values);
  }

  private static void add(String line, Map<Setting, String> values, String where) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw invalid(where + "\"" + line + "\" is not key = value");
    }
    var key = line.substring(0, equals).strip();
    var value = line.substring(equals + 1).strip();
    var setting =
        Setting.of(key)
            .orElseThrow(
                () -> invalid(where + "unknown key \"" + key + "\"; known are " + knownKeys()));
    if (value.isEmpty()) {
      throw invalid(where + key + " has no value");
    }
    if (values.put(setting, value) != null) {
      throw invalid(where + key + " is there twice");
    }
  }

  private static String knownKeys() {
    return Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", "));
  }

  private static CaissonException invalid(String message) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, message);
  }

  Optional<String> value(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  Optional<Path> path(Setting setting) {
    return value(setting).map(Path::of);
  }
}
