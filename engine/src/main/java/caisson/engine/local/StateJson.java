package caisson.engine.local;

import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Created;
import caisson.engine.ContainerState.Dead;
import caisson.engine.ContainerState.Exited;
import caisson.engine.ContainerState.Paused;
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
      case Exited(var code, var started, var finished, var oom, var error) -> {
        error.ifPresent(text -> json.put("error", text));
        json.put("started", started.toString()).put("finished", finished.toString());
        yield json.put("state", "exited").put("code", code).put("oom", oom);
      }
      case Dead(var reason) -> json.put("state", "dead").put("error", reason);
    };
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
      case "exited" ->
          new Exited(
              json.path("code").asInt(),
              time(json, "started"),
              time(json, "finished"),
              json.path("oom").asBoolean(),
              error(json));
      case "dead" -> new Dead(error(json).orElse(""));
      default -> throw new IllegalArgumentException("unknown state \"" + state + "\"");
    };
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
