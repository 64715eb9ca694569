package caisson.it.engine;

import caisson.it.engine.MachineEngine.Privileges;
import caisson.it.engine.MachineEngine.Wishes;
import caisson.oci.Json;
import caisson.oci.runtime.Capabilities;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.MemoryLimits;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Resources;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Specs of containers, made from one template. */
final class Specs {
  private Specs() {}

  static Spec container(Wishes wishes, String... command) throws IOException {
    var spec = template();
    return new Spec(
        spec.ociVersion(),
        Optional.of(process(wishes, command)),
        spec.root(),
        spec.hostname(),
        spec.domainname(),
        spec.mounts(),
        spec.hooks(),
        spec.annotations(),
        spec.linux().map(linux -> linux(linux, wishes)));
  }

  static ProcessSpec process(Wishes wishes, String... command) throws IOException {
    var process = template().process().orElseThrow();
    return new ProcessSpec(
        wishes.terminal(),
        process.consoleSize(),
        process.cwd(),
        process.env(),
        List.of(command),
        process.rlimits(),
        process.apparmorProfile(),
        process.capabilities().map(sets -> capabilities(sets, wishes)),
        process.noNewPrivileges(),
        process.oomScoreAdj(),
        process.selinuxLabel(),
        process.user());
  }

  private static Capabilities capabilities(Capabilities usual, Wishes wishes) {
    if (wishes.privileges() == Privileges.USUAL) {
      return usual;
    }
    var all = Stream.concat(usual.bounding().stream(), Stream.of("CAP_SYS_ADMIN", "CAP_SYS_BOOT"));
    var list = all.toList();
    return new Capabilities(list, list, List.of(), list, List.of());
  }

  private static LinuxSpec linux(LinuxSpec linux, Wishes wishes) {
    boolean usual = wishes.privileges() == Privileges.USUAL;
    return new LinuxSpec(
        linux.namespaces(),
        linux.uidMappings(),
        linux.gidMappings(),
        linux.devices(),
        linux.cgroupsPath(),
        Optional.of(resources(wishes.memory())),
        linux.rootfsPropagation(),
        linux.seccomp(),
        linux.sysctl(),
        usual ? linux.maskedPaths() : List.of(),
        usual ? linux.readonlyPaths() : List.of(),
        linux.mountLabel());
  }

  private static Resources resources(long memory) {
    var limits =
        new MemoryLimits(
            Optional.of(memory),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Resources(
        List.of(), Optional.of(limits), Optional.empty(), Optional.empty(), Map.of());
  }

  private static Spec template() throws IOException {
    try (var in = Specs.class.getResourceAsStream("spec.json")) {
      return Json.read(Objects.requireNonNull(in).readAllBytes(), Spec.class, "spec.json");
    }
  }
}
