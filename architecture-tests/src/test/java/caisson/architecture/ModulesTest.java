package caisson.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, as ARCHITECTURE.md draws them. */
class ModulesTest {
  /** A module by its package, with those it may use. */
  private record Module(String root, List<String> uses) {
    static Module of(String root, String... uses) {
      return new Module("caisson." + root, List.of(uses));
    }

    boolean holds(JavaClass type) {
      return (type.getPackageName() + ".").startsWith(root + ".");
    }

    boolean mayUse(Module other) {
      return other.equals(this) || uses.contains(other.root.substring("caisson.".length()));
    }
  }

  private static final List<Module> MODULES =
      List.of(
          Module.of("base"),
          Module.of("linux", "base"),
          Module.of("oci", "base"),
          Module.of("rootfs", "base", "linux"),
          Module.of("registry", "base", "oci"),
          Module.of("images", "base", "linux", "oci", "rootfs", "registry"),
          Module.of("guest.protocol"),
          Module.of("guest.tar"),
          Module.of("libc"),
          Module.of("agent", "guest.protocol", "guest.tar", "libc"),
          Module.of("launch.spec"),
          Module.of("launch", "launch.spec", "libc"),
          Module.of("runtime.link"),
          Module.of("runtime", "runtime.link", "libc"),
          Module.of("vmm", "base", "linux", "guest.protocol", "launch.spec"),
          Module.of("network", "base"),
          Module.of(
              "engine",
              "base",
              "linux",
              "oci",
              "rootfs",
              "images",
              "guest.protocol",
              "vmm",
              "network"),
          Module.of("api.wire", "base"),
          Module.of(
              "api",
              "base",
              "oci",
              "registry",
              "images",
              "network",
              "engine",
              "api.wire",
              "runtime.link"),
          Module.of(
              "daemon",
              "base",
              "linux",
              "oci",
              "rootfs",
              "registry",
              "images",
              "vmm",
              "network",
              "engine",
              "api.wire",
              "api"),
          Module.of("cli", "base", "linux", "guest.tar"));

  /** The module of a class: the one with the longest package that holds it. */
  private static Optional<Module> moduleOf(JavaClass type) {
    return MODULES.stream()
        .filter(module -> module.holds(type))
        .max(Comparator.comparingInt(module -> module.root().length()));
  }

  @Test
  void everyClassBelongsToAModule() {
    assertThat(Code.ALL)
        .allSatisfy(type -> assertThat(moduleOf(type)).as(type.getName()).isPresent());
  }

  @Test
  void arrowsGoDownOnly() {
    var wrong = new TreeSet<String>();
    for (var type : Code.ALL) {
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass().getBaseComponentType();
        boolean allowed =
            moduleOf(target).isEmpty()
                || moduleOf(type).orElseThrow().mayUse(moduleOf(target).orElseThrow());
        if (!allowed) {
          wrong.add(type.getName() + " uses " + target.getName());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    var slices = slices().matching("caisson.(**)").should().beFreeOfCycles();
    assertThat(new ArrayList<>(slices.evaluate(Code.ALL).getFailureReport().getDetails()))
        .isEmpty();
  }
}
