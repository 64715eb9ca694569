package caisson.cli.flag;

import caisson.base.CaissonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a command's words as Docker's command line does: {@code --name value}, {@code
 * --name=value}, {@code -l value}, {@code -lvalue}, {@code -l=value}, letters run together, and
 * {@code --} before words that are no flags.
 */
public final class ArgumentParser {
  private final Usage usage;
  private final List<String> words;
  private final Map<Flag<?>, Object> given = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();
  private int next;
  private boolean help;

  private ArgumentParser(Usage usage, List<String> words) {
    this.usage = usage;
    this.words = words;
  }

  /** Reads {@code words}, which follow the command's name. */
  public static Parsed parse(Usage usage, List<String> words) {
    var parser = new ArgumentParser(usage, words);
    try {
      parser.parseAll();
    } catch (CaissonException e) {
      return new Parsed.Wrong(Parsed.Fault.FLAG, e.text());
    }
    if (parser.help) {
      return new Parsed.Help();
    }
    return usage
        .arity()
        .complaint(parser.arguments.size())
        .<Parsed>map(reason -> new Parsed.Wrong(Parsed.Fault.ARITY, reason))
        .orElseGet(() -> new Parsed.Call(new Invocation(parser.given, parser.arguments)));
  }

  private void parseAll() {
    while (next < words.size() && !help) {
      var word = words.get(next++);
      if (word.equals("--")) {
        takeRest();
      } else if (word.startsWith("--")) {
        parseName(word);
      } else if (word.startsWith("-") && word.length() > 1) {
        parseLetters(word.substring(1));
      } else {
        arguments.add(word);
        if (!usage.interspersed()) {
          takeRest();
        }
      }
    }
  }

  private void takeRest() {
    arguments.addAll(words.subList(next, words.size()));
    next = words.size();
  }

  private void parseName(String word) {
    int equals = word.indexOf('=');
    var name = word.substring(2, equals < 0 ? word.length() : equals);
    if (name.isEmpty() || name.startsWith("-")) {
      throw Values.invalid("bad flag syntax: " + word);
    }
    var flag = usage.flags().stream().filter(each -> each.hasName(name)).findFirst();
    if (flag.isEmpty() && name.equals("help")) {
      help = true;
      return;
    }
    var found = flag.orElseThrow(() -> Values.invalid("unknown flag: --" + name));
    set(found, equals < 0 ? valueOf(found, "--" + name) : word.substring(equals + 1));
  }

  private void parseLetters(String letters) {
    for (int i = 0; i < letters.length() && !help; i++) {
      char letter = letters.charAt(i);
      var rest = letters.substring(i);
      var flag = usage.flags().stream().filter(each -> each.hasLetter(letter)).findFirst();
      if (flag.isEmpty() && letter == 'h') {
        help = true;
        return;
      }
      var found =
          flag.orElseThrow(
              () -> Values.invalid("unknown shorthand flag: '" + letter + "' in -" + rest));
      if (rest.length() > 2 && rest.charAt(1) == '=') {
        set(found, rest.substring(2));
        return;
      }
      if (found.implied().isEmpty() && rest.length() > 1) {
        set(found, rest.substring(1));
        return;
      }
      set(found, valueOf(found, "'" + letter + "' in -" + rest));
    }
  }

  /** The value of a flag that was given without an equals sign. */
  private String valueOf(Flag<?> flag, String place) {
    Optional<String> implied = flag.implied();
    if (implied.isPresent()) {
      return implied.get();
    }
    if (next == words.size()) {
      throw Values.invalid("flag needs an argument: " + place);
    }
    return words.get(next++);
  }

  @SuppressWarnings("unchecked") // what is there was put there by the same flag
  private <T> void set(Flag<T> flag, String text) {
    try {
      var before = (T) given.getOrDefault(flag, flag.initial());
      given.put(flag, flag.accept(before, text));
    } catch (CaissonException e) {
      throw Values.invalid(
          "invalid argument \"%s\" for \"%s\" flag: %s"
              .formatted(text.replace("\\", "\\\\").replace("\"", "\\\""), flag.names(), e.text()));
    }
  }
}
