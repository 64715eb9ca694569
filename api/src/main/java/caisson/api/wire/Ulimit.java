package caisson.api.wire;

import caisson.base.Absent;

/**
 * A resource limit of a process (setrlimit(2)); -1 is unlimited.
 *
 * @param name like {@code nofile}
 */
public record Ulimit(String name, long soft, long hard) {
  public Ulimit {
    name = Absent.text(name);
  }
}
