package caisson.api.docker.images;

import caisson.api.http.BadRequest;
import caisson.api.wire.WireJson;
import caisson.base.CaissonException;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The defaults of an imported or committed image, given as instructions of a Dockerfile: {@code CMD
 * ["sh"]}, {@code ENV A=b}.
 */
final class ImportChanges {
  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  private final ContainerDefaults before;
  private final Map<String, Object> ports;
  private final Map<String, Object> volumes;
  private final Map<String, String> labels;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private List<String> entrypoint;
  private Optional<List<String>> cmd = Optional.empty();
  private Optional<String> user;
  private Optional<String> workingDir;
  private Optional<String> stopSignal;

  private ImportChanges(ContainerDefaults before) {
    this.before = before;
    ports = new LinkedHashMap<>(before.exposedPorts());
    volumes = new LinkedHashMap<>(before.volumes());
    labels = new LinkedHashMap<>(before.labels());
    before.env().forEach(this::set);
    entrypoint = before.entrypoint();
    user = before.user();
    workingDir = before.workingDir();
    stopSignal = before.stopSignal();
  }

  private void set(String variable) {
    int equals = variable.indexOf('=');
    environment.put(
        equals < 0 ? variable : variable.substring(0, equals),
        equals < 0 ? "" : variable.substring(equals + 1));
  }

  /** The defaults of an image that has none before. */
  static ContainerDefaults parse(List<String> instructions) {
    return apply(ContainerDefaults.NONE, instructions);
  }

  /** {@code before} with the changes; an entrypoint takes away the command before it. */
  static ContainerDefaults apply(ContainerDefaults before, List<String> instructions) {
    var changes = new ImportChanges(before);
    instructions.stream().map(String::strip).filter(it -> !it.isEmpty()).forEach(changes::apply);
    return changes.defaults();
  }

  private void apply(String instruction) {
    var parts = instruction.split("\\s+", 2);
    if (parts.length < 2) {
      throw BadRequest.of("\"" + instruction + "\" needs an argument");
    }
    var argument = parts[1].strip();
    switch (parts[0].toUpperCase(Locale.ROOT)) {
      case "CMD" -> cmd = Optional.of(command(argument));
      case "ENTRYPOINT" -> setEntrypoint(command(argument));
      case "ENV" -> environment.putAll(pairs(argument));
      case "LABEL" -> labels.putAll(pairs(argument));
      case "EXPOSE" -> words(argument).forEach(port -> ports.put(port(port), Map.of()));
      case "VOLUME" -> list(argument).forEach(volume -> volumes.put(volume, Map.of()));
      case "USER" -> user = Optional.of(argument);
      case "WORKDIR" -> workingDir = Optional.of(argument);
      case "STOPSIGNAL" -> stopSignal = Optional.of(argument);
      default -> throw BadRequest.of(parts[0] + " is not a valid change command");
    }
  }

  private void setEntrypoint(List<String> words) {
    entrypoint = words;
    cmd = cmd.or(() -> Optional.of(List.of()));
  }

  private static List<String> command(String argument) {
    if (argument.startsWith("[")) {
      return json(argument);
    }
    var command = new ArrayList<>(SHELL);
    command.add(argument);
    return command;
  }

  private static List<String> list(String argument) {
    return argument.startsWith("[") ? json(argument) : words(argument);
  }

  private static List<String> json(String argument) {
    try {
      return List.of(WireJson.read(argument.getBytes(StandardCharsets.UTF_8), String[].class));
    } catch (CaissonException | NullPointerException e) {
      throw BadRequest.of(argument + " is not a list of texts in JSON");
    }
  }

  private static String port(String text) {
    return text.indexOf('/') < 0 ? text + "/tcp" : text;
  }

  /** {@code A=b C="d e"}, or the old form {@code A b}. */
  private static Map<String, String> pairs(String argument) {
    var pairs = new LinkedHashMap<String, String>();
    var words = words(argument);
    if (words.getFirst().indexOf('=') < 0) {
      var old = argument.split("\\s+", 2);
      if (old.length < 2) {
        throw BadRequest.of("\"" + argument + "\" has no value");
      }
      return Map.of(old[0], old[1]);
    }
    for (var word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw BadRequest.of("\"" + word + "\" is not NAME=value");
      }
      pairs.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return pairs;
  }

  /** Words with blanks between, where quotes and backslashes keep a blank. */
  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw BadRequest.of("a quote is not closed in " + text);
    }
    words.add(word.toString());
    return words;
  }

  private ContainerDefaults defaults() {
    return new ContainerDefaults(
        user,
        ports,
        environment.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList(),
        entrypoint,
        cmd.orElse(before.cmd()),
        volumes,
        workingDir,
        labels,
        stopSignal,
        before.healthcheck());
  }
}
