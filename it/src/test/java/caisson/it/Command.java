package caisson.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program to run, with everything it gets. */
record Command(List<String> words, Map<String, String> environment, String input) {
  private static final long LONGEST_SECONDS = 180;

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

  /** Runs it to its end. */
  Result run() {
    var process = start();
    var out = new Collector(process.getInputStream());
    var err = new Collector(process.getErrorStream());
    Thread.ofVirtual().start(() -> feed(process.getOutputStream()));
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            words + " has not ended in " + LONGEST_SECONDS + " s: " + err.text());
      }
      return new Result(process.exitValue(), out.all(), err.all());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void feed(OutputStream stdin) {
    try (stdin) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // The program does not read all of its input.
    }
  }

  /** Reads a stream to its end. */
  private static final class Collector {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    Collector(InputStream from) {
      reader = Thread.ofVirtual().start(() -> collect(from));
    }

    private void collect(InputStream from) {
      byte[] buffer = new byte[16384];
      try {
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          bytes.write(buffer, 0, n);
        }
      } catch (IOException closed) {
        // The process was ended.
      }
    }

    byte[] all() throws InterruptedException {
      reader.join();
      return bytes.toByteArray();
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
