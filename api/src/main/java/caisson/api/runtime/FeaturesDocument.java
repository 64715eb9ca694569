package caisson.api.runtime;

import caisson.oci.runtime.LinuxCapability;
import caisson.oci.runtime.State;
import java.util.Arrays;
import java.util.List;

/** What of the runtime spec there is (features.md). */
record FeaturesDocument(
    String ociVersionMin, String ociVersionMax, List<String> hooks, Linux linux) {
  record Linux(
      List<String> namespaces,
      List<String> capabilities,
      Cgroup cgroup,
      Seccomp seccomp,
      Switch apparmor,
      Switch selinux) {}

  /** The hierarchies of the host that a container's machine is put into. */
  record Cgroup(boolean v1, boolean v2, boolean systemd, boolean systemdUser) {}

  record Seccomp(boolean enabled) {}

  record Switch(boolean enabled) {}

  static FeaturesDocument current() {
    return new FeaturesDocument(
        "1.0.0",
        State.VERSION,
        List.of(
            "prestart",
            "createRuntime",
            "createContainer",
            "startContainer",
            "poststart",
            "poststop"),
        new Linux(
            List.of("cgroup", "ipc", "mount", "network", "pid", "uts"),
            Arrays.stream(LinuxCapability.values()).map(it -> "CAP_" + it.name()).toList(),
            new Cgroup(true, true, false, false),
            new Seccomp(true),
            new Switch(false),
            new Switch(false)));
  }
}
