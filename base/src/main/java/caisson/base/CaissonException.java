package caisson.base;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses a module's border. Its message is a sentence for the user: what
 * was tried, on what, why it failed and, where there is a remedy, what to do.
 */
public final class CaissonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public CaissonException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public CaissonException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /** The message, which is never null. */
  public String text() {
    var message = getMessage();
    return message == null ? code.name() : message;
  }
}
