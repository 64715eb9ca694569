package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * A line of {@code GET /events}.
 *
 * @param status the action, for old clients
 * @param id the container, for old clients
 * @param from the image, for old clients
 * @param time seconds since 1970
 * @param timeNano nanoseconds since 1970
 */
public record EventMessage(
    @JsonProperty("status") String status,
    @JsonProperty("id") String id,
    @JsonProperty("from") String from,
    String type,
    String action,
    Actor actor,
    @JsonProperty("scope") String scope,
    @JsonProperty("time") long time,
    @JsonProperty("timeNano") long timeNano) {

  /** What an event happened to. */
  public record Actor(@JsonProperty("ID") String id, Map<String, String> attributes) {
    public Actor {
      attributes = Absent.map(attributes);
    }
  }
}
