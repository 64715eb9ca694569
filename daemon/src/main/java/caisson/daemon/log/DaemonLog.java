package caisson.daemon.log;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What {@link System#getLogger} leads to: lines of time, level, the class's name and the text. */
public final class DaemonLog {
  private static final long LIMIT_BYTES = 5 << 20;

  // Programs that have this class on their path and are not the daemon say little, on stderr.
  private static volatile LogTarget target = System.err::print;
  private static volatile Level threshold = Level.WARNING;

  private DaemonLog() {}

  /** Logs to a file from now on, of at most 5 MiB, with one before it. */
  public static void toFile(Path file) {
    try {
      target = LogFile.open(file, LIMIT_BYTES);
      threshold = Level.INFO;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot open the log file " + file + ": " + e, e);
    }
  }

  /** Logs to standard error from now on. */
  public static void toStandardError() {
    target = System.err::print;
    threshold = Level.INFO;
  }

  static boolean takes(Level level) {
    return level.getSeverity() >= threshold.getSeverity();
  }

  static void write(Level level, String logger, String message, @Nullable Throwable cause) {
    var text = new StringWriter();
    var lines = new PrintWriter(text);
    lines.println(
        "%s %s %s: %s"
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                level,
                logger.substring(logger.lastIndexOf('.') + 1),
                message));
    if (cause != null) {
      cause.printStackTrace(lines);
    }
    target.write(text.toString());
  }
}
