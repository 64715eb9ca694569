package caisson.registry;

import java.io.IOException;

/** An answer that no honest server gives; the same request would bring it again. */
final class UnacceptableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** {@code message} goes on where "the registry" would be the subject. */
  UnacceptableException(String message) {
    super(message);
  }
}
