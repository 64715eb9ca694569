package caisson.it;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A terminal of the host with a command line in it: script(1) makes one, types what it reads and
 * shows what it writes.
 */
final class HostTerminal {
  private final RunningCommand running;
  private final String device;

  private HostTerminal(RunningCommand running, String device) {
    this.running = running;
    this.device = device;
  }

  /** Starts {@code caisson} with these arguments on a terminal of that size. */
  static HostTerminal start(Cli caisson, int rows, int columns, String... arguments) {
    var command = caisson.command(arguments);
    var line = command.words().stream().map(HostTerminal::quoted).collect(Collectors.joining(" "));
    var words = new ArrayList<>(List.of("script", "--quiet", "--command"));
    words.add(around(rows, columns, line));
    words.add("/dev/null");
    var running = new Command(List.copyOf(words), command.environment(), "").begin();
    return new HostTerminal(running, running.awaitFirstLine());
  }

  /** Tells of the terminal, of the command's end and of what has become of the terminal. */
  private static String around(int rows, int columns, String line) {
    return """
    stty rows %d cols %d; tty; before=$(stty -g)
    %s
    echo "ended with $?"
    [ "$(stty -g)" = "$before" ] && echo restored
    """
        .formatted(rows, columns, line);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Presses keys. */
  void type(String keys) {
    running.type(keys);
  }

  /** Waits until that is shown, behind all that was waited for before. */
  void awaitShown(String text) {
    running.awaitOut(text);
  }

  void resize(int rows, int columns) {
    Command.of("stty", "-F", device, "rows", "" + rows, "cols", "" + columns).run().ok();
  }

  /** Waits until the command has ended with {@code code} and left the terminal as it was. */
  void awaitEnd(int code) {
    running.awaitOut("ended with " + code + "\r\nrestored\r\n");
    running.result().ok();
  }
}
