package caisson.daemon.log;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Leads the loggers of the platform to {@link DaemonLog}, in place of {@code java.util.logging},
 * which would cost memory and read configuration of its own.
 */
public final class DaemonLoggerFinder extends System.LoggerFinder {
  @Override
  public System.Logger getLogger(String name, Module module) {
    return new NamedLogger(name);
  }

  private record NamedLogger(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && DaemonLog.takes(level);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable cause) {
      if (isLoggable(level)) {
        DaemonLog.write(level, name, String.valueOf(message), cause);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        boolean plain = parameters == null || parameters.length == 0;
        var text = String.valueOf(format);
        DaemonLog.write(level, name, plain ? text : MessageFormat.format(text, parameters), null);
      }
    }
  }
}
