package caisson.api.http;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;

/** The one place where an error becomes an HTTP status and Docker's words. */
public final class ErrorMapping {
  private ErrorMapping() {}

  /** The status that Docker's clients expect for {@code code}. */
  public static int status(ErrorCode code) {
    return switch (code) {
      // 400 for the commands: docker's client turns their text into the exit codes 127 and 126.
      case INVALID_ARGUMENT, COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE, CORRUPT -> 400;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case NOT_MODIFIED -> 304;
      case UNAUTHORIZED -> 401;
      case FORBIDDEN -> 403;
      case UNSUPPORTED -> 501;
      case UNAVAILABLE -> 503;
      case TIMEOUT -> 504;
      case NO_RESOURCES -> 507;
      case VM_FAILED, INTERNAL -> 500;
    };
  }

  /** The message, made recognizable for clients that choose their exit code by its text. */
  public static String message(CaissonException error) {
    var text = error.text();
    return switch (error.code()) {
      case COMMAND_NOT_FOUND ->
          hasOne(text, "executable file not found", "no such file or directory")
              ? text
              : text + ": no such file or directory";
      case COMMAND_NOT_EXECUTABLE ->
          hasOne(text, "permission denied", "is a directory") ? text : text + ": permission denied";
      case INVALID_ARGUMENT,
          CORRUPT,
          NOT_FOUND,
          CONFLICT,
          NOT_MODIFIED,
          FORBIDDEN,
          UNAUTHORIZED,
          UNSUPPORTED,
          UNAVAILABLE,
          TIMEOUT,
          NO_RESOURCES,
          VM_FAILED,
          INTERNAL ->
          text;
    };
  }

  private static boolean hasOne(String text, String one, String other) {
    return text.contains(one) || text.contains(other);
  }
}
