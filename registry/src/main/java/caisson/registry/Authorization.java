package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Shows one registry who asks: by a password (RFC 7617), or by a token that another server gives
 * for it (distribution, "Token Authentication Specification").
 */
final class Authorization {
  private static final int MAX_TOKEN_ANSWER = 1 << 20;
  private static final String CLIENT = "caisson";

  private final Transport transport;
  private final RegistryHost registry;
  private final Credentials credentials;
  private final Optional<String> scope;

  /** The value of the header; guarded by this. */
  private Optional<String> header;

  /** What a token server answers; the names of the token are of two generations. */
  private record TokenAnswer(
      Optional<String> token, @JsonProperty("access_token") Optional<String> accessToken) {}

  /**
   * Asks for {@code scope}, whatever scope a challenge names.
   *
   * @param scope such as {@code repository:library/busybox:pull}; empty for a mere login
   */
  Authorization(
      Transport transport, RegistryHost registry, Credentials credentials, Optional<String> scope) {
    this.transport = transport;
    this.registry = registry;
    this.credentials = credentials;
    this.scope = scope;
    this.header =
        credentials instanceof Credentials.RegistryToken(var token)
            ? Optional.of("Bearer " + token)
            : Optional.empty();
  }

  /**
   * Asks the registry; where that refuses, shows it what it wants to see and asks again.
   *
   * @throws CaissonException UNAUTHORIZED if a token server does not accept the credentials
   */
  Answer send(Request request) throws IOException {
    var shown = header();
    var answer = transport.send(with(request, shown));
    boolean ours = answer.uri().getAuthority().equals(request.uri().getAuthority());
    if (!answer.unauthorized() || !ours || !renew(answer, shown)) {
      return answer;
    }
    answer.close();
    return transport.send(with(request, header()));
  }

  private static Request with(Request request, Optional<String> header) {
    return header.map(value -> request.withHeader(Request.AUTHORIZATION, value)).orElse(request);
  }

  private synchronized Optional<String> header() {
    return header;
  }

  /** Whether there is something else to show than what was refused. */
  private synchronized boolean renew(Answer refusal, Optional<String> refused) throws IOException {
    if (!header.equals(refused)) {
      return true;
    }
    var fresh = answer(Challenge.parse(refusal.headers().allValues("WWW-Authenticate")));
    boolean other = fresh.isPresent() && !fresh.equals(refused);
    header = fresh;
    return other;
  }

  private Optional<String> answer(List<Challenge> challenges) throws IOException {
    for (var challenge : challenges) {
      if (challenge.scheme().equals("bearer") && challenge.parameter("realm").isPresent()) {
        return Optional.of("Bearer " + token(challenge));
      }
    }
    boolean basic = challenges.stream().anyMatch(each -> each.scheme().equals("basic"));
    return basic && credentials instanceof Credentials.Password password
        ? Optional.of(password.header())
        : Optional.empty();
  }

  private String token(Challenge challenge) throws IOException {
    try (var answer = transport.send(tokenRequest(realm(challenge), challenge))) {
      if (answer.busy()) {
        throw BusyException.of(answer);
      }
      if (!answer.ok()) {
        throw new CaissonException(
            ErrorCode.UNAUTHORIZED,
            "Get \"%s\": unauthorized: incorrect username or password (status %d)"
                .formatted(realm(challenge), answer.status()));
      }
      var document = answer.bytes(MAX_TOKEN_ANSWER);
      var tokens = Json.read(document, TokenAnswer.class, "the token server's answer");
      return tokens
          .token()
          .filter(token -> !token.isEmpty())
          .or(tokens::accessToken)
          .orElseThrow(() -> new UnacceptableException("its token server answers without a token"));
    }
  }

  /** Credentials go to a token server in the same secrecy as to the registry itself. */
  private URI realm(Challenge challenge) throws IOException {
    var text = challenge.parameter("realm").orElse("");
    try {
      var realm = URI.create(text);
      boolean plain = "http".equals(realm.getScheme()) && !registry.secure();
      if (realm.getHost() != null && (plain || "https".equals(realm.getScheme()))) {
        return realm;
      }
    } catch (IllegalArgumentException e) {
      // told below, like a URL of another kind
    }
    throw new UnacceptableException(
        "it asks for a token of \"" + text + "\", which is not trusted");
  }

  private Request tokenRequest(URI realm, Challenge challenge) {
    var service = challenge.parameter("service").map(value -> "service=" + escape(value));
    var wanted = scope.map(value -> "scope=" + escape(value));
    var query = service.orElse("") + wanted.map(value -> "&" + value).orElse("");
    return switch (credentials) {
      case Credentials.IdentityToken(var token) ->
          Request.post(
              realm,
              "grant_type=refresh_token&client_id=%s&refresh_token=%s&%s"
                  .formatted(CLIENT, escape(token), query));
      case Credentials.Password password ->
          Request.get(extended(realm, query + "&account=" + escape(password.user())))
              .withHeader(Request.AUTHORIZATION, password.header());
      case Credentials.Anonymous _, Credentials.RegistryToken _ ->
          Request.get(extended(realm, query));
    };
  }

  private static URI extended(URI realm, String query) {
    return URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
