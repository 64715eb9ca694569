package caisson.cli.console;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the command line reads from and writes to. Nothing is buffered: what a container says is
 * shown when it says it.
 *
 * @param in what a user or a pipe sends
 * @param out results
 * @param err messages
 * @param screen the terminal, if there is one
 */
public record Console(InputStream in, Output out, Output err, Screen screen) {
  /** Writes a line of the result. */
  public void print(String line) {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a line of a message. */
  public void report(String line) {
    err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
