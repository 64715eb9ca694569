package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param root where images and containers are kept
 * @param run where what is lost with a restart of the host is kept
 * @param sockets where to listen
 * @param log the log file; {@code -} is standard error
 */
record Options(
    Optional<Path> root,
    Optional<Path> run,
    List<Path> sockets,
    Optional<Path> config,
    Optional<String> log) {
  static final String USAGE =
      """
      Usage: caissond [OPTIONS]

      Runs containers, each in a virtual machine of its own.

        --root DIR      where images and containers are kept
        --run DIR       where sockets and machines' directories are made
        --socket PATH   the Unix socket to listen on; may be given several times
        --config FILE   the configuration file
        --log FILE      the log file; - is standard error\
      """;

  Options {
    sockets = List.copyOf(sockets);
  }

  static Options parse(List<String> arguments) {
    Optional<Path> root = Optional.empty();
    Optional<Path> run = Optional.empty();
    Optional<Path> config = Optional.empty();
    Optional<String> log = Optional.empty();
    var sockets = new ArrayList<Path>();
    var words = split(arguments).iterator();
    while (words.hasNext()) {
      var option = words.next();
      switch (option) {
        case "--root" -> root = Optional.of(path(option, words));
        case "--run" -> run = Optional.of(path(option, words));
        case "--socket" -> sockets.add(path(option, words));
        case "--config" -> config = Optional.of(path(option, words));
        case "--log" -> log = Optional.of(value(option, words));
        default -> throw invalid("unknown option \"" + option + "\"");
      }
    }
    return new Options(root, run, sockets, config, log);
  }

  /** {@code --root=DIR} is {@code --root DIR}. */
  private static List<String> split(List<String> arguments) {
    var words = new ArrayList<String>();
    for (var argument : arguments) {
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      if (equals < 0) {
        words.add(argument);
      } else {
        words.add(argument.substring(0, equals));
        words.add(argument.substring(equals + 1));
      }
    }
    return words;
  }

  private static Path path(String option, Iterator<String> words) {
    return Path.of(value(option, words)).toAbsolutePath().normalize();
  }

  private static String value(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw invalid(option + " needs a value");
    }
    var value = words.next();
    if (value.isEmpty()) {
      throw invalid(option + " needs a value that is not empty");
    }
    return value;
  }

  private static CaissonException invalid(String message) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, message + "\n\n" + USAGE);
  }
}
