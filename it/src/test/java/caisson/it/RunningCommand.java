package caisson.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs, whose output is read as it comes. */
final class RunningCommand {
  private static final long LONGEST_SECONDS = 180;

  private final List<String> words;
  private final Process process;
  private final Collector out;
  private final Collector err;

  RunningCommand(List<String> words, Process process) {
    this.words = words;
    this.process = process;
    this.out = new Collector(process.getInputStream());
    this.err = new Collector(process.getErrorStream());
  }

  /** Writes to its standard input. */
  void type(String text) {
    try {
      var stdin = process.getOutputStream();
      stdin.write(text.getBytes(StandardCharsets.UTF_8));
      stdin.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all of its standard input, meanwhile. */
  void feed(String input) {
    Thread.ofVirtual().start(() -> feed(input, process.getOutputStream()));
  }

  private static void feed(String input, OutputStream stdin) {
    try (stdin) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // The program does not read all of its input.
    }
  }

  /** Sends it signals, named without SIG, in a row. */
  void signal(String... names) {
    for (var name : names) {
      Command.of("kill", "-" + name, Long.toString(process.pid())).run().ok();
    }
  }

  /** Waits for the first line of its standard output, and answers it. */
  String awaitFirstLine() {
    awaitOut("\n");
    return out.text().substring(0, out.text().indexOf('\n')).strip();
  }

  /** Waits until {@code text} is in its standard output, behind all that was waited for before. */
  void awaitOut(String text) {
    try {
      if (!out.await(text)) {
        throw new AssertionError(words + " wrote no '" + text + "': " + out.text() + err.text());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits for its end. */
  Result result() {
    return resultWithin(LONGEST_SECONDS);
  }

  Result resultWithin(long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            words + " has not ended in " + seconds + " s: " + out.text() + err.text());
      }
      return new Result(process.exitValue(), out.all(), err.all());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private AssertionError interrupted(InterruptedException e) {
    process.destroyForcibly();
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted", e);
  }

  /** Reads a stream to its end. */
  private static final class Collector {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;
    private int seen;
    private boolean ended;

    Collector(InputStream from) {
      reader = Thread.ofVirtual().start(() -> collect(from));
    }

    private void collect(InputStream from) {
      byte[] buffer = new byte[16384];
      try {
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          add(buffer, n);
        }
      } catch (IOException closed) {
        // The process was ended.
      }
      add(buffer, -1);
    }

    private synchronized void add(byte[] buffer, int count) {
      bytes.write(buffer, 0, Math.max(count, 0));
      ended |= count < 0;
      notifyAll();
    }

    synchronized boolean await(String text) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
      int at = text().indexOf(text, seen);
      while (at < 0 && !ended && System.nanoTime() < end) {
        wait(TimeUnit.SECONDS.toMillis(1));
        at = text().indexOf(text, seen);
      }
      seen = at < 0 ? seen : at + text.length();
      return at >= 0;
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
