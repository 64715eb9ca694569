package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code NAME=value} pairs from flags and from files that hold one on a line. */
final class KeyValues {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private KeyValues() {}

  /**
   * The pairs of the files, then those given.
   *
   * @param lookUp the value of a name that stands alone; a name in a file that has none is left out
   */
  static List<String> gather(
      List<String> files, List<String> given, Function<String, Optional<String>> lookUp) {
    var pairs = new ArrayList<String>();
    for (var file : files) {
      pairs.addAll(readFile(file, lookUp));
    }
    for (var pair : given) {
      pairs.add(
          pair.contains("=") ? pair : pair + lookUp.apply(pair).map(it -> "=" + it).orElse(""));
    }
    return pairs;
  }

  /** The pairs as a map; the last of equal names counts. */
  static Map<String, String> map(List<String> pairs) {
    var map = new LinkedHashMap<String, String>();
    for (var pair : pairs) {
      int equals = pair.indexOf('=');
      map.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    return map;
  }

  private static List<String> readFile(String file, Function<String, Optional<String>> lookUp) {
    var pairs = new ArrayList<String>();
    for (var line : lines(file)) {
      var pair = line.stripLeading();
      if (!pair.isEmpty() && !pair.startsWith("#")) {
        checked(file, pair);
        if (pair.contains("=")) {
          pairs.add(pair);
        } else {
          lookUp.apply(pair).ifPresent(value -> pairs.add(pair + "=" + value));
        }
      }
    }
    return pairs;
  }

  private static List<String> lines(String file) {
    try {
      var text = Files.readString(Path.of(file), StandardCharsets.UTF_8);
      return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).lines().toList();
    } catch (NoSuchFileException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "open " + file + ": no such file or directory", e);
    } catch (CharacterCodingException e) {
      throw invalid(file, "it is not UTF-8");
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INVALID_ARGUMENT, "read " + file + ": " + e, e);
    }
  }

  private static void checked(String file, String pair) {
    int equals = pair.indexOf('=');
    var name = equals < 0 ? pair : pair.substring(0, equals);
    if (name.isEmpty()) {
      throw invalid(file, "no variable name on line '" + pair + "'");
    }
    if (name.contains(" ") || name.contains("\t")) {
      throw invalid(file, "variable '" + name + "' contains whitespaces");
    }
  }

  private static CaissonException invalid(String file, String why) {
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT, "invalid env file (" + file + "): " + why);
  }
}
