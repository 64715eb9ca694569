package caisson.registry;

import caisson.base.Absent;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;

/** What a registry says when it says no (distribution-spec, "Error Codes"), in Docker's words. */
final class RegistryRefusal {
  private static final int MAX_ANSWER = 64 << 10;
  private static final int MAX_MESSAGE = 300;

  record Errors(List<Detail> errors) {
    Errors {
      errors = Absent.list(errors);
    }
  }

  record Detail(String code, String message) {
    Detail {
      code = Absent.text(code);
      message = Absent.text(message);
    }
  }

  private RegistryRefusal() {}

  /** Reads why a manifest of {@code repository} is refused. */
  static CaissonException ofManifest(Answer answer, Repository repository, String reference) {
    var detail = detail(answer);
    var reason = reason(detail, answer);
    var name = repository.familiar();
    return switch (detail.code()) {
      case "DENIED", "UNAUTHORIZED" -> denied(name, reason);
      case "NAME_UNKNOWN" -> notFound("repository " + name + " not found: " + reason);
      case "MANIFEST_UNKNOWN" -> unknownManifest(name, reference, reason);
      default ->
          switch (answer.status()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                denied(name, reason);
            case HttpURLConnection.HTTP_NOT_FOUND -> unknownManifest(name, reference, reason);
            default -> other(answer, reason);
          };
    };
  }

  private static CaissonException denied(String name, String reason) {
    return notFound(
        "pull access denied for "
            + name
            + ", repository does not exist or may require 'docker login': "
            + reason);
  }

  private static CaissonException unknownManifest(String name, String reference, String reason) {
    var separator = reference.contains(":") ? "@" : ":";
    return notFound("manifest for " + name + separator + reference + " not found: " + reason);
  }

  private static CaissonException notFound(String message) {
    return new CaissonException(ErrorCode.NOT_FOUND, message);
  }

  /** Reads why something else is refused. */
  static CaissonException of(Answer answer) {
    return other(answer, reason(detail(answer), answer));
  }

  private static CaissonException other(Answer answer, String reason) {
    var code = answer.unauthorized() ? ErrorCode.UNAUTHORIZED : ErrorCode.UNAVAILABLE;
    return new CaissonException(code, "Get \"" + answer.uri() + "\": " + reason);
  }

  private static Detail detail(Answer answer) {
    var nothing = new Detail("", "");
    try {
      var errors = Json.read(answer.bytes(MAX_ANSWER), Errors.class, "the refusal").errors();
      return errors.isEmpty() ? nothing : errors.getFirst();
    } catch (CaissonException | IOException e) {
      return nothing;
    }
  }

  private static String reason(Detail detail, Answer answer) {
    if (detail.code().isEmpty()) {
      return answer.unauthorized() ? "unauthorized: no credentials" : "status " + answer.status();
    }
    var text = detail.code().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + detail.message();
    var line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
  }
}
