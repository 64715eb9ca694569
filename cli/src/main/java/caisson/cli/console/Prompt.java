package caisson.cli.console;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks whoever sits at the terminal. */
public final class Prompt {
  private static final int INTERRUPT = 3;
  private static final int END = 4;
  private static final int BACKSPACE = 8;
  private static final int DELETE = 127;
  private static final int MAX_LINE = 64 << 10;

  private final Console console;

  public Prompt(Console console) {
    this.console = console;
  }

  /** Asks for a line. */
  public String line(String question) {
    requireTerminal();
    show(question);
    return read();
  }

  /** Asks for a line that nobody else shall see. */
  public String secret(String question) {
    requireTerminal();
    show(question);
    try (var _ = console.screen().rawKeys()) {
      return read();
    } finally {
      show("\n");
    }
  }

  private void requireTerminal() {
    if (!console.screen().readsKeys()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "cannot perform an interactive login without a terminal: use --username and --password-stdin");
    }
  }

  private void show(String text) {
    console.err().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private String read() {
    var line = new ByteArrayOutputStream();
    try {
      for (int key = console.in().read(); !ends(key); key = console.in().read()) {
        if (key == INTERRUPT || line.size() > MAX_LINE) {
          throw new CaissonException(ErrorCode.UNAVAILABLE, "interrupted");
        }
        if (key == BACKSPACE || key == DELETE) {
          var rest = line.toByteArray();
          line.reset();
          line.write(rest, 0, Math.max(rest.length - 1, 0));
        } else {
          line.write(key);
        }
      }
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot read the answer: " + e, e);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private static boolean ends(int key) {
    return key < 0 || key == '\n' || key == '\r' || key == END;
  }
}
