package caisson.api.http;

/** Encodes an error's message as a response's body. */
@FunctionalInterface
public interface ErrorBody {
  byte[] of(String message);
}
