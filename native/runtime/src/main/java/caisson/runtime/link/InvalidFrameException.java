package caisson.runtime.link;

/** The other side said what is no frame, or no frame of this link. */
public final class InvalidFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;

  public InvalidFrameException(String message) {
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
