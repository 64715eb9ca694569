package caisson.engine;

import caisson.base.ContainerId;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a container.
 *
 * @param action Docker's word for it: create, start, die, kill, stop, destroy, attach, oom, …
 * @param attributes image, name, exitCode, signal and the container's labels, as they apply
 */
public record Event(
    Instant time, String action, ContainerId container, Map<String, String> attributes) {
  public Event {
    attributes = Map.copyOf(attributes);
  }
}
