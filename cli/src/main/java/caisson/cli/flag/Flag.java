package caisson.cli.flag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An option of a command: {@code --name value} or {@code -l value}. It is its own key in the {@link
 * Invocation} that holds the values.
 *
 * @param <T> what its value means
 */
public final class Flag<T> {
  private final String letter;
  private final String name;
  private final String kind;
  private final String help;
  private final T initial;
  private final Fold<T> fold;
  private final Optional<String> implied;
  private final List<String> formerNames;

  /** Takes one more occurrence of a flag. */
  @FunctionalInterface
  public interface Fold<T> {
    /**
     * The value after {@code text} was given, where it was {@code before}.
     *
     * @throws caisson.base.CaissonException if {@code text} is no such value; the message says why
     */
    T accept(T before, String text);
  }

  private Flag(
      String letter,
      String name,
      String kind,
      String help,
      T initial,
      Fold<T> fold,
      Optional<String> implied,
      List<String> formerNames) {
    this.letter = letter;
    this.name = name;
    this.kind = kind;
    this.help = help;
    this.initial = initial;
    this.fold = fold;
    this.implied = implied;
    this.formerNames = formerNames;
  }

  /** A flag whose last occurrence counts. */
  private static <T> Flag<T> single(
      String letter, String name, String kind, String help, T initial, Function<String, T> reader) {
    return new Flag<>(
        letter,
        name,
        kind,
        help,
        initial,
        (_, text) -> reader.apply(text),
        Optional.empty(),
        List.of());
  }

  /** A flag that needs no value: off, unless it is given or {@code initial} says otherwise. */
  public static Flag<Boolean> toggle(String letter, String name, String help, boolean initial) {
    return new Flag<>(
        letter,
        name,
        "",
        help,
        initial,
        (_, text) -> Values.bool(text),
        Optional.of("true"),
        List.of());
  }

  public static Flag<Boolean> toggle(String letter, String name, String help) {
    return toggle(letter, name, help, false);
  }

  /** The same where it matters whether it was given. */
  public static Flag<Optional<Boolean>> choice(String letter, String name, String help) {
    return new Flag<>(
        letter,
        name,
        "",
        help,
        Optional.empty(),
        (_, text) -> Optional.of(Values.bool(text)),
        Optional.of("true"),
        List.of());
  }

  public static Flag<String> text(String letter, String name, String help, String initial) {
    return single(letter, name, "string", help, initial, Function.identity());
  }

  public static Flag<String> text(String letter, String name, String help) {
    return text(letter, name, help, "");
  }

  /** A text where the empty one means something too. */
  public static Flag<Optional<String>> optionalText(String letter, String name, String help) {
    return single(letter, name, "string", help, Optional.empty(), Optional::of);
  }

  public static Flag<Long> number(String letter, String name, String help, long initial) {
    return single(letter, name, "int", help, initial, Values::number);
  }

  public static Flag<Optional<Integer>> optionalNumber(String letter, String name, String help) {
    return single(
        letter, name, "int", help, Optional.empty(), text -> Optional.of(Values.integer(text)));
  }

  /** A flag with a reader of its own. */
  public static <T> Flag<T> of(
      String letter, String name, String kind, String help, T initial, Function<String, T> reader) {
    return single(letter, name, kind, help, initial, reader);
  }

  /** A flag that may be given again and again; {@code reader} checks each occurrence. */
  public static Flag<List<String>> list(
      String letter, String name, String kind, String help, UnaryOperator<String> reader) {
    return new Flag<>(
        letter,
        name,
        kind,
        help,
        List.of(),
        (before, text) -> {
          var longer = new ArrayList<>(before);
          longer.add(reader.apply(text));
          return List.copyOf(longer);
        },
        Optional.empty(),
        List.of());
  }

  public static Flag<List<String>> list(String letter, String name, String help) {
    return list(letter, name, "list", help, UnaryOperator.identity());
  }

  /** The same flag under a second name that the help does not show. */
  public Flag<T> formerly(String formerName) {
    return new Flag<>(letter, name, kind, help, initial, fold, implied, List.of(formerName));
  }

  /** The words that call it: {@code -a} and {@code --all}. */
  public List<String> words() {
    return letter.isEmpty() ? List.of("--" + name) : List.of("-" + letter, "--" + name);
  }

  /** One sentence without its full stop. */
  public String summary() {
    return help;
  }

  boolean hasLetter(char candidate) {
    return letter.length() == 1 && letter.charAt(0) == candidate;
  }

  boolean hasName(String candidate) {
    return name.equals(candidate) || formerNames.contains(candidate);
  }

  String name() {
    return name;
  }

  String help() {
    return help;
  }

  /** What it is called in an error. */
  String names() {
    return letter.isEmpty() ? "--" + name : "-" + letter + ", --" + name;
  }

  /** How its line in the help begins. */
  String synopsis() {
    return (letter.isEmpty() ? "      --" : "  -" + letter + ", --")
        + name
        + (kind.isEmpty() ? "" : " " + kind);
  }

  T initial() {
    return initial;
  }

  Optional<String> implied() {
    return implied;
  }

  T accept(T before, String text) {
    return fold.accept(before, text);
  }

  /** The initial value as the help shows it, unless it is nothing. */
  Optional<String> shownInitial() {
    if (initial instanceof String text) {
      return Optional.of('"' + text + '"').filter(_ -> !text.isEmpty());
    }
    boolean nothing =
        initial.equals(false)
            || initial.equals(0L)
            || !(initial instanceof Boolean || initial instanceof Long);
    return nothing ? Optional.empty() : Optional.of(initial.toString());
  }
}
