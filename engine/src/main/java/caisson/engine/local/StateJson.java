package caisson.engine.local;

import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Created;
import caisson.engine.ContainerState.Dead;
import caisson.engine.ContainerState.Exited;
import caisson.engine.ContainerState.Paused;
import caisson.engine.ContainerState.Restarting;
import caisson.engine.ContainerState.Running;
import caisson.engine.ContainerState.StartFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** A container's state as the journal keeps it: an object whose {@code state} names the record. */
final class StateJson {
  private StateJson() {}

  static ObjectNode write(ContainerState state) {
    var json = JsonNodeFactory.instance.objectNode();
    return switch (state) {
      case Created(var failure) -> {
        failure.ifPresent(f -> json.put("code", f.code()).put("error", f.message()));
        yield json.put("state", "created");
      }
      case Running(var started, var vm, var pid) -> live(json, "running", started, vm, pid);
      case Paused(var started, var vm, var pid) -> live(json, "paused", started, vm, pid);
      case Exited exited -> ended(json, "exited", exited);
      case Restarting(var last) -> ended(json, "restarting", last);
      case Dead(var reason) -> json.put("state", "dead").put("error", reason);
    };
  }

  private static ObjectNode ended(ObjectNode json, String state, Exited exited) {
    exited.error().ifPresent(text -> json.put("error", text));
    return json.put("state", state)
        .put("started", exited.startedAt().toString())
        .put("finished", exited.finishedAt().toString())
        .put("code", exited.code())
        .put("oom", exited.oomKilled());
  }

  private static ObjectNode live(
      ObjectNode json, String state, Instant started, String vm, long pid) {
    return json.put("state", state)
        .put("started", started.toString())
        .put("vm", vm)
        .put("pid", pid);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static ContainerState read(JsonNode json) {
    var state = json.path("state").asText();
    return switch (state) {
      case "created" ->
          new Created(error(json).map(text -> new StartFailure(json.path("code").asInt(), text)));
      case "running" -> new Running(time(json, "started"), vm(json), json.path("pid").asLong());
      case "paused" -> new Paused(time(json, "started"), vm(json), json.path("pid").asLong());
      case "exited" -> exited(json);
      case "restarting" -> new Restarting(exited(json));
      case "dead" -> new Dead(error(json).orElse(""));
      default -> throw new IllegalArgumentException("unknown state \"" + state + "\"");
    };
  }

  private static Exited exited(JsonNode json) {
    return new Exited(
        json.path("code").asInt(),
        time(json, "started"),
        time(json, "finished"),
        json.path("oom").asBoolean(),
        error(json));
  }

  private static String vm(JsonNode json) {
    return json.path("vm").asText();
  }

  private static Optional<String> error(JsonNode json) {
    return json.hasNonNull("error") ? Optional.of(json.path("error").asText()) : Optional.empty();
  }

  private static Instant time(JsonNode json, String field) {
    try {
      return Instant.parse(json.path(field).asText());
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException(field + " is no time", e);
    }
  }
}
