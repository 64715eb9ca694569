package caisson.api.wire;

import caisson.base.Absent;

/**
 * When a container is started again.
 *
 * @param name {@code no}, {@code always}, {@code unless-stopped} or {@code on-failure}; "" is no
 * @param maximumRetryCount how often after failures; 0 is no bound
 */
public record RestartPolicy(String name, int maximumRetryCount) {
  public static final RestartPolicy NEVER = new RestartPolicy("no", 0);

  public RestartPolicy {
    name = Absent.text(name);
  }
}
