package caisson.runtime;

import caisson.libc.Files;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options and operands as runc's command line has them: one dash or two, a value behind {@code =}
 * or in the next word; what follows the first operand of {@code exec} and {@code run} is not read.
 */
final class Options {
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();
  private int next;

  private Options() {}

  /**
   * Reads {@code words} from {@code from} on.
   *
   * @param flags the names of options without a value
   * @param valued the names of options with one
   * @param operands how many operands end the options; 0 for all words
   */
  static Options parse(
      List<String> words, int from, Set<String> flags, Set<String> valued, int operands) {
    Options options = new Options();
    options.next = from;
    options.read(words, flags, valued, operands);
    return options;
  }

  private void read(List<String> words, Set<String> flags, Set<String> valued, int most) {
    while (next < words.size()) {
      String word = words.get(next);
      if (word.equals("--")) {
        next++;
        break;
      }
      if (word.length() > 1 && word.startsWith("-")) {
        readOption(words, word, flags, valued);
      } else {
        if (most > 0 && operands.size() == most) {
          break;
        }
        operands.add(word);
        next++;
        if (most > 0 && operands.size() == most) {
          break;
        }
      }
    }
    operands.addAll(words.subList(next, words.size()));
  }

  private void readOption(List<String> words, String word, Set<String> flags, Set<String> valued) {
    String name = word.substring(word.startsWith("--") ? 2 : 1);
    String value = "true";
    int equals = name.indexOf('=');
    if (equals >= 0) {
      value = name.substring(equals + 1);
      name = name.substring(0, equals);
    }
    next++;
    if (valued.contains(name)) {
      if (equals < 0) {
        if (next == words.size()) {
          throw new RuntimeFailure("flag needs an argument: -" + name);
        }
        value = words.get(next++);
      }
    } else if (!flags.contains(name)) {
      throw new RuntimeFailure("flag provided but not defined: -" + name);
    }
    values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
  }

  boolean flag(String name) {
    return value(name).map(text -> text.equals("true")).orElse(false);
  }

  boolean flag(String name, String other) {
    return flag(name) || flag(other);
  }

  /** The last value that was given. */
  Optional<String> value(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The value under the first of the names that has one. */
  Optional<String> value(String name, String other) {
    Optional<String> found = value(name);
    return found.isPresent() ? found : value(other);
  }

  /** Writes the file that is to tell a process's number, if one is to: engines read it at once. */
  void writePid(int pid) {
    Optional<String> file = value("pid-file");
    if (file.isPresent()) {
      String unfinished = file.get() + ".new";
      int flags = Files.O_WRONLY | Files.O_CREAT | Files.O_TRUNC;
      Files.write(unfinished, flags, 0644, String.valueOf(pid).getBytes(StandardCharsets.US_ASCII));
      Files.rename(unfinished, file.get());
    }
  }

  /** All values under either name. */
  List<String> all(String name, String other) {
    List<String> both = new ArrayList<>(all(name));
    both.addAll(all(other));
    return both;
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  List<String> operands() {
    return operands;
  }

  /** The container's id, the first operand. */
  String id() {
    if (operands.isEmpty() || operands.get(0).isEmpty()) {
      throw new RuntimeFailure("container id cannot be empty");
    }
    return operands.get(0);
  }
}
