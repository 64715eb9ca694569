package caisson.engine.vm;

import caisson.guest.protocol.ProcessSetup.CapabilitySets;
import caisson.oci.runtime.Capabilities;
import java.util.List;

/** Capabilities by name as bits (capabilities(7), include/uapi/linux/capability.h). */
final class CapabilityBits {
  /** In the order of their numbers. */
  private static final List<String> NAMES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_DAC_READ_SEARCH",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETPCAP",
          "CAP_LINUX_IMMUTABLE",
          "CAP_NET_BIND_SERVICE",
          "CAP_NET_BROADCAST",
          "CAP_NET_ADMIN",
          "CAP_NET_RAW",
          "CAP_IPC_LOCK",
          "CAP_IPC_OWNER",
          "CAP_SYS_MODULE",
          "CAP_SYS_RAWIO",
          "CAP_SYS_CHROOT",
          "CAP_SYS_PTRACE",
          "CAP_SYS_PACCT",
          "CAP_SYS_ADMIN",
          "CAP_SYS_BOOT",
          "CAP_SYS_NICE",
          "CAP_SYS_RESOURCE",
          "CAP_SYS_TIME",
          "CAP_SYS_TTY_CONFIG",
          "CAP_MKNOD",
          "CAP_LEASE",
          "CAP_AUDIT_WRITE",
          "CAP_AUDIT_CONTROL",
          "CAP_SETFCAP",
          "CAP_MAC_OVERRIDE",
          "CAP_MAC_ADMIN",
          "CAP_SYSLOG",
          "CAP_WAKE_ALARM",
          "CAP_BLOCK_SUSPEND",
          "CAP_AUDIT_READ",
          "CAP_PERFMON",
          "CAP_BPF",
          "CAP_CHECKPOINT_RESTORE");

  private static final CapabilitySets NONE = new CapabilitySets(0, 0, 0, 0, 0);

  private CapabilityBits() {}

  /** No set in the spec is an empty set. */
  static CapabilitySets of(java.util.Optional<Capabilities> capabilities) {
    return capabilities.map(CapabilityBits::of).orElse(NONE);
  }

  private static CapabilitySets of(Capabilities sets) {
    long permitted = bits(sets.permitted(), "permitted");
    long inheritable = bits(sets.inheritable(), "inheritable");
    // The kernel takes no other ambient ones; runc's own template names some and leaves them out.
    long ambient = bits(sets.ambient(), "ambient") & permitted & inheritable;
    return new CapabilitySets(
        bits(sets.bounding(), "bounding"),
        bits(sets.effective(), "effective"),
        permitted,
        inheritable,
        ambient);
  }

  private static long bits(List<String> names, String set) {
    long bits = 0;
    for (var name : names) {
      int number = NAMES.indexOf(name);
      if (number < 0) {
        throw Refusal.invalid(
            "process.capabilities." + set, "names \"" + name + "\", which is no capability");
      }
      bits |= 1L << number;
    }
    return bits;
  }
}
