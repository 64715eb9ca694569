package caisson.launch.spec;

/** A launch description that cannot be right; the message says which part and why. */
public final class InvalidSpecException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidSpecException(String message) {
    super(message);
  }
}
