package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.Confinement;
import caisson.oci.runtime.Capabilities;
import caisson.oci.runtime.DefaultSpec;
import caisson.oci.runtime.LinuxCapability;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The capabilities of a container: the default ones, with what was added and dropped. */
final class CapabilityChoice {
  private static final String ALL = "ALL";

  private CapabilityChoice() {}

  /** The names, in the order of the kernel's numbers. */
  static List<String> of(Confinement confinement) {
    if (confinement.privileged()) {
      return LinuxCapability.all();
    }
    var add = names(confinement.capAdd(), "CapAdd");
    var drop = names(confinement.capDrop(), "CapDrop");
    var chosen = new LinkedHashSet<String>();
    if (add.contains(ALL)) {
      chosen.addAll(LinuxCapability.all());
      chosen.removeAll(drop);
    } else {
      chosen.addAll(drop.contains(ALL) ? List.of() : DefaultSpec.capabilities());
      chosen.removeAll(drop);
      chosen.addAll(add);
    }
    return LinuxCapability.all().stream().filter(chosen::contains).toList();
  }

  private static Set<String> names(List<String> asked, String field) {
    var names = new LinkedHashSet<String>();
    for (var name : asked) {
      names.add(
          name.toUpperCase(Locale.ROOT).equals(ALL)
              ? ALL
              : LinuxCapability.named(name)
                  .orElseThrow(() ->
                      BadRequest.of(
                          "invalid %s: unknown capability: \"%s\"".formatted(field, name)))
                  .text());
    }
    return names;
  }

  /** The sets that a process of such a container begins with. */
  static Capabilities sets(List<String> names) {
    var none = new ArrayList<String>();
    return new Capabilities(names, names, none, names, none);
  }
}
