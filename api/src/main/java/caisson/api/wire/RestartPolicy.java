package caisson.api.wire;

import caisson.base.Absent;

/**
 * When a container is started again.
 *
 * @param name {@code no}; "" means the same
 */
public record RestartPolicy(String name, int maximumRetryCount) {
  public static final RestartPolicy NEVER = new RestartPolicy("no", 0);

  public RestartPolicy {
    name = Absent.text(name);
  }
}
