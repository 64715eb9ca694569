package caisson.engine.vm;

import caisson.engine.VolumeMount;
import caisson.engine.sandbox.RootFiles;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.VolumePlace;
import caisson.guest.protocol.ContainerSetup;
import caisson.oci.runtime.MountSpec;
import caisson.vmm.VmDisk;
import caisson.vmm.VmShare;
import caisson.vmm.VmShare.Owners;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a container's mounts give its machine of the host's files: shares for binds and for volumes
 * that are directories, disks for the other volumes.
 */
final class GivenFiles {
  private static final String SHARE = "share";
  private static final String LATE_SHARE = "late";
  private static final String DISK = "volume";

  private static final String READ_ONLY = "ro";

  /** What the kernel does not know, or what the machine's border has done already. */
  private static final Set<String> LEFT_OUT = Set.of("bind", "rbind", VolumeMount.NO_COPY);

  private final Map<String, VolumePlace> places;
  private final String prefix;
  private final List<VmShare> shares = new ArrayList<>();
  private final Map<String, VmDisk> disks = new LinkedHashMap<>();
  private final Map<MountSpec, ContainerSetup.Mount> mounts = new HashMap<>();

  private Optional<ContainerSetup.Mount> root = Optional.empty();

  private GivenFiles(Map<String, VolumePlace> places, String prefix) {
    this.places = places;
    this.prefix = prefix;
  }

  /** What the first container of a machine gives it. */
  static GivenFiles of(SandboxRequest request) {
    return of(request, SHARE);
  }

  /**
   * What a further one gives it.
   *
   * @param process the number of its first process, which no other of the machine's has or had
   */
  static GivenFiles ofFurther(SandboxRequest request, int process) {
    return of(request, LATE_SHARE + process + "x");
  }

  private static GivenFiles of(SandboxRequest request, String prefix) {
    var given = new GivenFiles(request.volumes(), prefix);
    if (request.root() instanceof RootFiles.OfHost(var directory)) {
      given.root = Optional.of(given.shareRoot(directory));
    }
    for (var mount : request.spec().mounts()) {
      var volume = VolumeMount.of(mount);
      if (volume.isPresent()) {
        given.add(mount, volume.get());
      } else if (mount.isBind()) {
        given.addBind(mount);
      }
    }
    return given;
  }

  /** How the agent is told of a root that is a directory of the host. */
  Optional<ContainerSetup.Mount> root() {
    return root;
  }

  List<VmShare> shares() {
    return List.copyOf(shares);
  }

  List<VmDisk> disks() {
    return List.copyOf(disks.values());
  }

  /** How the agent is told of {@code mount}; empty if it is none of these. */
  Optional<ContainerSetup.Mount> mount(MountSpec mount) {
    return Optional.ofNullable(mounts.get(mount));
  }

  private void addBind(MountSpec mount) {
    boolean readOnly = mount.options().contains(READ_ONLY);
    var name = share(Path.of(mount.source().orElseThrow()), readOnly, Owners.HOST);
    tell(mount, ContainerSetup.Mount.SHARE, name, options(mount));
  }

  private void add(MountSpec mount, VolumeMount volume) {
    var options = options(mount);
    boolean copies = volume.copies() && volume.path().isEmpty();
    if (copies) {
      options.add(ContainerSetup.Mount.COPY_UP);
    }
    var inside = volume.path().isEmpty() ? "" : "/" + volume.path();
    switch (places.get(volume.volume())) {
      case VolumePlace.Directory(var path) -> {
        // To be filled from the image it has to be written once.
        boolean readOnly = mount.options().contains(READ_ONLY) && !copies;
        var name = share(path, readOnly, Owners.GUEST);
        tell(mount, ContainerSetup.Mount.SHARE, name + inside, options);
      }
      case VolumePlace.Disk(var image) ->
          tell(mount, ContainerSetup.Mount.DISK, disk(volume.volume(), image) + inside, options);
      case null ->
          throw Refusal.invalid(
              "mounts", "names the volume " + volume.volume() + ", which is gone");
    }
  }

  private ContainerSetup.Mount shareRoot(Path directory) {
    var name = share(directory, false, Owners.HOST);
    return new ContainerSetup.Mount("/", ContainerSetup.Mount.SHARE, name, List.of());
  }

  private String share(Path source, boolean readOnly, Owners owners) {
    var name = prefix + shares.size();
    shares.add(new VmShare(name, source, readOnly, owners));
    return name;
  }

  private String disk(String volume, Path image) {
    return disks
        .computeIfAbsent(volume, _ -> new VmDisk(DISK + disks.size(), image, false))
        .serial();
  }

  private static List<String> options(MountSpec mount) {
    return new ArrayList<>(
        mount.options().stream().filter(Predicate.not(LEFT_OUT::contains)).toList());
  }

  private void tell(MountSpec mount, String type, String source, List<String> options) {
    mounts.put(mount, new ContainerSetup.Mount(mount.destination(), type, source, options));
  }
}
