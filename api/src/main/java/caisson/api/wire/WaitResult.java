package caisson.api.wire;

import java.util.Optional;

/** The answer of {@code POST /containers/ID/wait}. */
public record WaitResult(Optional<WaitError> error, int statusCode) {
  /** Why there is no proper exit code. */
  public record WaitError(String message) {}
}
