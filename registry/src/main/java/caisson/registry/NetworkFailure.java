package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why no server answered, in words. */
final class NetworkFailure {
  private NetworkFailure() {}

  /** The failure of a request for {@code uri}. */
  static CaissonException of(IOException failure, URI uri) {
    return new CaissonException(
        code(failure), "Get \"" + uri + "\": " + reason(failure, uri), failure);
  }

  private static ErrorCode code(IOException failure) {
    return switch (failure) {
      case HttpTimeoutException _ -> ErrorCode.TIMEOUT;
      case UnacceptableException _ -> ErrorCode.CORRUPT;
      default -> ErrorCode.UNAVAILABLE;
    };
  }

  private static String reason(IOException failure, URI uri) {
    return switch (failure) {
      case HttpConnectTimeoutException _ -> "no connection in time";
      case StalledException stalled -> message(stalled, "");
      case HttpTimeoutException _ -> "no answer in time";
      case InterruptedIOException _ -> "broken off";
      case ConnectException connect ->
          isUnresolved(connect)
              ? "no such host as " + uri.getHost()
              : "connect: " + message(connect, "connection refused");
      case EOFException _ -> "the connection ended too early";
      case SSLException tls ->
          "TLS fails: %s (a CA of one's own belongs into certs.d/%s/ca.crt)"
              .formatted(message(tls, "unknown reason"), uri.getAuthority());
      default -> message(failure, "the connection broke");
    };
  }

  private static boolean isUnresolved(Throwable failure) {
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String message(IOException failure, String otherwise) {
    var message = failure.getMessage();
    return message == null || message.isBlank() ? otherwise : message;
  }
}
