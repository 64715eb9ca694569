package caisson.api.docker.containers;

import caisson.api.wire.ContainerDetails;
import caisson.api.wire.Elapsed;
import caisson.api.wire.HealthDetails;
import caisson.engine.ContainerState;
import caisson.engine.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A container's state in Docker's words. */
final class StateText {
  /** Go's zero time, which clients take for never. */
  private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  private StateText() {}

  /** One word. */
  static String word(ContainerState state) {
    return switch (state) {
      case ContainerState.Created _ -> "created";
      case ContainerState.Running _ -> "running";
      case ContainerState.Paused _ -> "paused";
      case ContainerState.Restarting _ -> "restarting";
      case ContainerState.Exited _ -> "exited";
      case ContainerState.Dead _ -> "dead";
    };
  }

  /** Whether Docker counts it among the running ones: it does while one is being restarted. */
  static boolean runs(ContainerState state) {
    return state.running() || state instanceof ContainerState.Restarting;
  }

  /** For people: {@code Exited (0) 2 minutes ago}. */
  static String sentence(ContainerState state, Optional<Health> health, Instant now) {
    return switch (state) {
      case ContainerState.Created _ -> "Created";
      case ContainerState.Running(var since, var _, var _) ->
          "Up " + elapsed(since, now) + health.map(StateText::inParentheses).orElse("");
      case ContainerState.Paused(var since, var _, var _) ->
          "Up " + elapsed(since, now) + " (Paused)";
      case ContainerState.Restarting(var last) ->
          "Restarting (" + last.code() + ") " + elapsed(last.finishedAt(), now) + " ago";
      case ContainerState.Exited(var code, var _, var at, var _, var _) ->
          "Exited (" + code + ") " + elapsed(at, now) + " ago";
      case ContainerState.Dead _ -> "Dead";
    };
  }

  private static String inParentheses(Health health) {
    return switch (health.status()) {
      case STARTING -> " (health: starting)";
      case HEALTHY -> " (healthy)";
      case UNHEALTHY -> " (unhealthy)";
    };
  }

  private static String elapsed(Instant since, Instant now) {
    return Elapsed.text(Duration.between(since, now));
  }

  /** All of it. */
  static ContainerDetails.State details(ContainerState state, Optional<Health> health) {
    return switch (state) {
      case ContainerState.Created(var failure) ->
          ended(
              state,
              failure.map(ContainerState.StartFailure::code).orElse(0),
              failure.map(ContainerState.StartFailure::message).orElse(""),
              NEVER,
              NEVER);
      case ContainerState.Running(var since, var _, var pid) -> running(state, pid, since, health);
      case ContainerState.Paused(var since, var _, var pid) -> running(state, pid, since, health);
      case ContainerState.Restarting(var last) -> restarting(last);
      case ContainerState.Exited(var code, var from, var to, var _, var error) ->
          ended(state, code, error.orElse(""), from, to);
      case ContainerState.Dead(var reason) -> ended(state, 0, reason, NEVER, NEVER);
    };
  }

  private static ContainerDetails.State running(
      ContainerState state, long pid, Instant since, Optional<Health> health) {
    boolean paused = state instanceof ContainerState.Paused;
    return new ContainerDetails.State(
        word(state),
        true,
        paused,
        false,
        false,
        false,
        pid,
        0,
        "",
        since,
        NEVER,
        health.map(StateText::details));
  }

  private static HealthDetails details(Health health) {
    var log =
        health.log().stream()
            .map(it -> new HealthDetails.Check(it.start(), it.end(), it.exitCode(), it.output()))
            .toList();
    return new HealthDetails(health.status().word(), health.failures(), log);
  }

  private static ContainerDetails.State restarting(ContainerState.Exited last) {
    return new ContainerDetails.State(
        "restarting",
        true,
        false,
        true,
        last.oomKilled(),
        false,
        0,
        last.code(),
        last.error().orElse(""),
        last.startedAt(),
        last.finishedAt(),
        Optional.empty());
  }

  private static ContainerDetails.State ended(
      ContainerState state, int code, String error, Instant from, Instant to) {
    boolean oomKilled = state instanceof ContainerState.Exited exited && exited.oomKilled();
    boolean dead = state instanceof ContainerState.Dead;
    return new ContainerDetails.State(
        word(state),
        false,
        false,
        false,
        oomKilled,
        dead,
        0,
        code,
        error,
        from,
        to,
        Optional.empty());
  }
}
