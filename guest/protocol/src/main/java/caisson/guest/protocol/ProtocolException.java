package caisson.guest.protocol;

/** The other side sent something that the protocol does not allow. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final int request;

  public ProtocolException(String message) {
    this(message, 0);
  }

  private ProtocolException(String message, int request) {
    this.message = message;
    this.request = request;
  }

  /** The same, found in the command of {@code request}. */
  ProtocolException in(int request) {
    return new ProtocolException(message, request);
  }

  /** The request whose command is not understood, so that it can be answered; 0 for none. */
  public int request() {
    return request;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
