package caisson.engine.vm;

import caisson.guest.protocol.ProcessSetup.CapabilitySets;
import caisson.oci.runtime.Capabilities;
import caisson.oci.runtime.LinuxCapability;
import java.util.List;
import java.util.Optional;

/** Capabilities by name as bits (capabilities(7)). */
final class CapabilityBits {
  private static final CapabilitySets NONE = new CapabilitySets(0, 0, 0, 0, 0);

  private CapabilityBits() {}

  /** No set in the spec is an empty set. */
  static CapabilitySets of(Optional<Capabilities> capabilities) {
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
      bits |=
          LinuxCapability.named(name)
              .orElseThrow(() ->
                  Refusal.invalid(
                      "process.capabilities." + set,
                      "names \"" + name + "\", which is no capability"))
              .bit();
    }
    return bits;
  }
}
