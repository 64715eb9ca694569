package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.RestartPolicy;
import caisson.engine.RestartPolicy.Kind;

/** What Docker's words for restart policies mean. */
final class RestartChoice {
  private RestartChoice() {}

  static caisson.engine.RestartPolicy of(RestartPolicy asked) {
    var kind =
        switch (asked.name()) {
          case "", "no" -> Kind.NO;
          case "always" -> Kind.ALWAYS;
          case "unless-stopped" -> Kind.UNLESS_STOPPED;
          case "on-failure" -> Kind.ON_FAILURE;
          default ->
              throw BadRequest.of(
                  "invalid restart policy: unknown policy '%s'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"
                      .formatted(asked.name()));
        };
    int most = asked.maximumRetryCount();
    if (most < 0) {
      throw BadRequest.of("invalid restart policy: maximum retry count cannot be negative");
    }
    if (most > 0 && kind != Kind.ON_FAILURE) {
      throw BadRequest.of(
          "invalid restart policy: maximum retry count can only be used with 'on-failure'");
    }
    return new caisson.engine.RestartPolicy(kind, most);
  }

  /** The same for a container that may be removed when it ends, which then cannot come back. */
  static caisson.engine.RestartPolicy of(RestartPolicy asked, boolean autoRemove) {
    var policy = of(asked);
    if (autoRemove && policy.kind() != Kind.NO) {
      throw BadRequest.of("can't create 'AutoRemove' container with restart policy");
    }
    return policy;
  }
}
