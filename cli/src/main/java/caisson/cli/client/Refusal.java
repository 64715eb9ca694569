package caisson.cli.client;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** Makes an exception of an answer that says no. */
final class Refusal {
  private Refusal() {}

  static CaissonException of(ClassicHttpResponse head, Connection connection) throws IOException {
    byte[] body = connection.body(head).readAllBytes();
    return new CaissonException(
        code(head.getCode()), "Error response from daemon: " + message(head, body));
  }

  /** The same for an answer without a body. */
  static CaissonException ofStatus(ClassicHttpResponse head) {
    return new CaissonException(
        code(head.getCode()), "Error response from daemon: HTTP status " + head.getCode());
  }

  private static String message(ClassicHttpResponse head, byte[] body) {
    var type = head.getFirstHeader("Content-Type");
    var text = new String(body, StandardCharsets.UTF_8).strip();
    var message =
        type != null && type.getValue().startsWith("application/json")
            ? JsonText.read(body).at("message").text()
            : text;
    return message.isEmpty() ? "HTTP status " + head.getCode() : message;
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 400 -> ErrorCode.INVALID_ARGUMENT;
      case 401 -> ErrorCode.UNAUTHORIZED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.NOT_FOUND;
      case 409 -> ErrorCode.CONFLICT;
      case 501 -> ErrorCode.UNSUPPORTED;
      case 503 -> ErrorCode.UNAVAILABLE;
      case 504 -> ErrorCode.TIMEOUT;
      case 507 -> ErrorCode.NO_RESOURCES;
      default -> ErrorCode.INTERNAL;
    };
  }
}
