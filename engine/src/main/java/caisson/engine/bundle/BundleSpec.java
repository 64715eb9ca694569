package caisson.engine.bundle;

import caisson.base.Absent;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.runtime.Hook;
import caisson.oci.runtime.Hooks;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.MountSpec;
import caisson.oci.runtime.Namespace;
import caisson.oci.runtime.Root;
import caisson.oci.runtime.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A bundle's spec, made ready for a machine. */
final class BundleSpec {
  private static final String NETWORK = "network";
  private static final String SHARED_MEMORY = "/dev/shm";

  private BundleSpec() {}

  /** The directory that is the container's root, there or not. */
  static Path root(Spec spec, Path bundle) {
    return bundle.resolve(spec.root().map(Root::path).orElse("rootfs")).normalize();
  }

  /**
   * Refuses a spec whose root is not there.
   *
   * @throws CaissonException INVALID_ARGUMENT
   */
  static void requireRoot(Spec spec, Path bundle) {
    if (spec.root().isEmpty()) {
      throw invalid("config.json: root is missing");
    }
    if (!Files.isDirectory(root(spec, bundle))) {
      throw invalid("invalid rootfs: " + root(spec, bundle) + " is no directory");
    }
  }

  private static CaissonException invalid(String text) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, text);
  }

  /** The programs to be run around the container's life. */
  static Hooks hooks(Spec spec) {
    return spec.hooks().orElse(Hooks.NONE);
  }

  /**
   * Refuses paths that no file of the host can have.
   *
   * @throws CaissonException INVALID_ARGUMENT
   */
  static void requirePaths(Spec spec) {
    requirePath("root.path", spec.root().map(Root::path));
    requirePath("linux.cgroupsPath", spec.linux().flatMap(LinuxSpec::cgroupsPath));
    spec.mounts().forEach(mount -> requirePath("mounts.source", mount.source()));
  }

  private static void requirePath(String field, Optional<String> path) {
    if (path.filter(it -> it.indexOf('\0') >= 0).isPresent()) {
      throw invalid("config.json: " + field + " holds a zero byte, which no path can");
    }
  }

  /**
   * Refuses hooks that can never be run.
   *
   * @throws CaissonException INVALID_ARGUMENT
   */
  static void requireHooks(Spec spec) {
    var hooks = hooks(spec);
    requireHooks(hooks.prestart(), "prestart");
    requireHooks(hooks.createRuntime(), "createRuntime");
    requireHooks(hooks.createContainer(), "createContainer");
    requireHooks(hooks.startContainer(), "startContainer");
    requireHooks(hooks.poststart(), "poststart");
    requireHooks(hooks.poststop(), "poststop");
  }

  private static void requireHooks(List<Hook> hooks, String point) {
    for (var hook : hooks) {
      if (!Absent.text(hook.path()).startsWith("/")) {
        throw invalid("config.json: hooks." + point + " has a path that is not absolute");
      }
      if (hook.timeout().orElse(1) <= 0) {
        throw invalid("config.json: hooks.%s has a timeout of no time".formatted(point));
      }
      if ((hook.path() + hook.args() + hook.env()).indexOf('\0') >= 0) {
        throw invalid("config.json: hooks." + point + " holds a zero byte");
      }
    }
  }

  /** The cgroup that the container's processes on the host are to be in. */
  static HostCgroup cgroup(Spec spec) {
    return spec.linux().flatMap(LinuxSpec::cgroupsPath).map(HostCgroup::at).orElse(HostCgroup.NONE);
  }

  /** Whether the container has a network of its own, and not the host's. */
  static boolean ownNetwork(Spec spec) {
    return namespaces(spec).stream().anyMatch(it -> it.type().equals(NETWORK));
  }

  /** The network namespace that it joins; empty if it has a new one, or the host's. */
  static Optional<String> networkPath(Spec spec) {
    return namespaces(spec).stream()
        .filter(it -> it.type().equals(NETWORK))
        .findFirst()
        .flatMap(Namespace::path)
        .filter(path -> !path.isEmpty());
  }

  private static List<Namespace> namespaces(Spec spec) {
    return spec.linux().map(LinuxSpec::namespaces).orElse(List.of());
  }

  /**
   * What the guest is told: the network namespace is the machine itself, sources of binds have
   * their full paths, shared memory is the guest's own, since processes of two kernels cannot share
   * theirs.
   *
   * @param joined the kinds of namespaces that the container has together with others of its
   *     machine
   */
  static Spec forGuest(Spec spec, Path bundle, List<String> joined) {
    var mounts = spec.mounts().stream().map(mount -> forGuest(mount, bundle)).toList();
    return new Spec(
        spec.ociVersion(),
        spec.process(),
        spec.root(),
        spec.hostname(),
        spec.domainname(),
        mounts,
        Optional.empty(),
        spec.annotations(),
        spec.linux().map(linux -> forGuest(linux, joined)));
  }

  private static LinuxSpec forGuest(LinuxSpec linux, List<String> joined) {
    var namespaces =
        linux.namespaces().stream()
            .filter(it -> !joined.contains(it.type()))
            .map(it -> it.type().equals(NETWORK) ? new Namespace(NETWORK, Optional.empty()) : it)
            .toList();
    return linux.withNamespaces(namespaces);
  }

  private static MountSpec forGuest(MountSpec mount, Path bundle) {
    if (mount.isBind() && mount.destination().equals(SHARED_MEMORY)) {
      return SharedMemory.mount(mount.destination(), bundle.resolve(mount.source().orElse("")));
    }
    var source =
        mount.isBind() ? mount.source().map(it -> bundle.resolve(it).toString()) : mount.source();
    return new MountSpec(
        mount.destination(),
        mount.type(),
        source,
        mount.isBind() ? withoutPropagation(mount.options()) : mount.options(),
        mount.uidMappings(),
        mount.gidMappings());
  }

  /** The guest sees what is mounted when it starts; engines ask for more by habit. */
  private static List<String> withoutPropagation(List<String> options) {
    return options.stream()
        .filter(option -> !option.endsWith("slave") && !option.endsWith("shared"))
        .toList();
  }
}
