package caisson.guest.tar;

/** What is read is no tar archive, or one with something in it that is not understood. */
public final class TarException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message} is a sentence about the archive. */
  public TarException(String message) {
    super(message);
  }

  /** The answer to an input, not a fault. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
