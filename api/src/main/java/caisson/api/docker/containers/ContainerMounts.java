package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.HostConfig;
import caisson.oci.runtime.DefaultSpec;
import caisson.oci.runtime.MountSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file systems of a container: those of every container, the tmpfs it asks for, and what else
 * it is given.
 *
 * @param given binds, volumes and what else has been asked for by a plan of its own
 */
record ContainerMounts(HostConfig host, List<MountSpec> given) {
  private static final List<String> TMPFS_DEFAULTS = List.of("noexec", "nosuid", "nodev");
  private static final Set<String> KERNEL_VIEWS = Set.of("/sys", "/sys/fs/cgroup");

  List<MountSpec> all() {
    var asked = new HashSet<>(host.tmpfs().keySet());
    given.forEach(mount -> asked.add(mount.destination()));
    var mounts = new ArrayList<MountSpec>();
    for (var mount : standard()) {
      if (!asked.contains(mount.destination())) {
        mounts.add(host.confinement().privileged() ? privileged(mount) : mount);
      }
    }
    host.tmpfs().keySet().stream()
        .sorted()
        .map(path -> tmpfs(path, host.tmpfs().getOrDefault(path, "")))
        .forEach(mounts::add);
    mounts.addAll(given);
    return mounts;
  }

  private List<MountSpec> standard() {
    if (host.shmSize() < 0) {
      throw BadRequest.of("SHM size can not be less than 0");
    }
    return host.shmSize() == 0 ? DefaultSpec.mounts() : DefaultSpec.mounts(host.shmSize());
  }

  /** A privileged container changes what it sees of the kernel, and sees every device of its VM. */
  private static MountSpec privileged(MountSpec mount) {
    if (mount.destination().equals("/dev")) {
      return mount("/dev", "devtmpfs", List.of("nosuid", "mode=755"));
    }
    return KERNEL_VIEWS.contains(mount.destination())
        ? mount(
            mount.destination(),
            mount.type().orElseThrow(),
            mount.options().stream().filter(option -> !option.equals("ro")).toList())
        : mount;
  }

  private static MountSpec tmpfs(String path, String text) {
    if (!path.startsWith("/") || path.equals("/")) {
      throw BadRequest.of("invalid tmpfs mount \"" + path + "\": an absolute path is expected");
    }
    var options = new ArrayList<>(TMPFS_DEFAULTS);
    for (var option : text.split(",", -1)) {
      if (!option.isEmpty()) {
        // A later option undoes an earlier one: exec is no different from the absence of noexec.
        options.remove("no" + option);
        options.add(option);
      }
    }
    return mount(path, "tmpfs", List.copyOf(options));
  }

  private static MountSpec mount(String destination, String type, List<String> options) {
    return new MountSpec(
        destination, Optional.of(type), Optional.of(type), options, List.of(), List.of());
  }
}
