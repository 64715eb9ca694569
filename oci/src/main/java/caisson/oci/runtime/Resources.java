package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Limits, enforced by cgroup v2 in the guest. */
public record Resources(
    List<DeviceRule> devices,
    Optional<MemoryLimits> memory,
    Optional<CpuLimits> cpu,
    Optional<PidsLimit> pids,
    Map<String, String> unified) {
  public Resources {
    devices = Absent.list(devices);
    unified = Absent.map(unified);
  }
}
