package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Values;
import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** How {@code run} and {@code create} are told of health checks. */
final class HealthFlags {
  private static final Flag<String> COMMAND =
      Flag.text("", "health-cmd", "Command to run to check health");
  private static final Flag<Long> INTERVAL =
      duration("health-interval", "Time between running the check (ms|s|m|h)");
  private static final Flag<Long> RETRIES =
      Flag.number("", "health-retries", "Consecutive failures needed to report unhealthy", 0);
  private static final Flag<Long> START_INTERVAL =
      duration(
          "health-start-interval",
          "Time between running the check during the start period (ms|s|m|h)");
  private static final Flag<Long> START_PERIOD =
      duration(
          "health-start-period",
          "Start period for the container to initialize before starting health-retries countdown (ms|s|m|h)");
  private static final Flag<Long> TIMEOUT =
      duration("health-timeout", "Maximum time to allow one check to run (ms|s|m|h)");
  private static final Flag<Boolean> NONE =
      Flag.toggle("", "no-healthcheck", "Disable any container-specified HEALTHCHECK");

  /** All of them. */
  static final List<Flag<?>> ALL =
      List.of(COMMAND, INTERVAL, RETRIES, START_INTERVAL, START_PERIOD, TIMEOUT, NONE);

  private HealthFlags() {}

  private static Flag<Long> duration(String name, String help) {
    return Flag.of("", name, "duration", help, 0L, HealthFlags::nanoseconds);
  }

  private static long nanoseconds(String text) {
    return Durations.parse(text)
        .orElseThrow(() -> Values.invalid("time: invalid duration \"" + text + "\""))
        .toNanos();
  }

  /** What the API takes; empty where nothing was said. */
  static Optional<Json> of(Invocation call) {
    boolean others =
        !call.get(COMMAND).isEmpty()
            || List.of(INTERVAL, RETRIES, START_INTERVAL, START_PERIOD, TIMEOUT).stream()
                .anyMatch(flag -> call.get(flag) != 0);
    if (call.get(NONE)) {
      if (others) {
        throw new CaissonException(
            ErrorCode.INVALID_ARGUMENT, "--no-healthcheck conflicts with --health-* options");
      }
      return Optional.of(new JsonObject().with("Test", List.of("NONE")).build());
    }
    return others ? Optional.of(check(call)) : Optional.empty();
  }

  private static Json check(Invocation call) {
    var command = call.get(COMMAND);
    return new JsonObject()
        .with("Test", command.isEmpty() ? List.of() : List.of("CMD-SHELL", command))
        .with("Interval", call.get(INTERVAL))
        .with("Timeout", call.get(TIMEOUT))
        .with("StartPeriod", call.get(START_PERIOD))
        .with("StartInterval", call.get(START_INTERVAL))
        .with("Retries", call.get(RETRIES))
        .build();
  }
}
