package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program to run, with everything it gets. */
record Command(List<String> words, Map<String, String> environment, String input) {
  static Command of(String... words) {
    return new Command(List.of(words), Map.of(), "");
  }

  Command with(String variable, String value) {
    var more = new HashMap<>(environment);
    more.put(variable, value);
    return new Command(words, more, input);
  }

  Command reading(String text) {
    return new Command(words, environment, text);
  }

  /** Starts it; the caller deals with its streams. */
  Process start() {
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and reads what it writes; its standard input stays open. */
  RunningCommand begin() {
    return new RunningCommand(words, start());
  }

  /** Runs it to its end. */
  Result run() {
    var running = begin();
    running.feed(input);
    return running.result();
  }
}
