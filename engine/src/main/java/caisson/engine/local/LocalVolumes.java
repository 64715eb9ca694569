package caisson.engine.local;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.Volume;
import caisson.engine.VolumeMount;
import caisson.engine.VolumeRequest;
import caisson.engine.Volumes;
import caisson.engine.sandbox.VolumePlace;
import caisson.linux.DurableFiles;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The volumes of this daemon, each in a directory of its own under {@code volumes/}. Containers
 * that use them are the table's: one lock makes sure that none begins to use a volume that is being
 * removed.
 */
final class LocalVolumes implements Volumes {
  private final Path root;
  private final ContainerTable table;
  private final Map<String, Volume> byName = new TreeMap<>();
  private final Map<String, ContainerId> disksInUse = new HashMap<>();

  LocalVolumes(Path root, ContainerTable table) {
    this.root = root;
    this.table = table;
  }

  @Override
  public Volume create(VolumeRequest request) {
    return create(request, false);
  }

  @Override
  public Volume createForContainer(VolumeRequest request) {
    return create(request, true);
  }

  private synchronized Volume create(VolumeRequest request, boolean forContainer) {
    var name =
        request.name().map(VolumeNames::checked).orElseGet(() -> ContainerId.random().value());
    var there = byName.get(name);
    if (there != null) {
      return requireSame(there, request);
    }
    var volume = VolumeFiles.create(root.resolve(name), name, request, forContainer);
    byName.put(name, volume);
    return volume;
  }

  private static Volume requireSame(Volume there, VolumeRequest request) {
    if (!request.options().isEmpty() && !request.options().equals(there.options())) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "a volume named %s already exists with other options: %s"
              .formatted(there.name(), there.options()));
    }
    return there;
  }

  @Override
  public synchronized Volume inspect(String name) {
    var volume = byName.get(name);
    if (volume == null) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "get " + name + ": no such volume");
    }
    return volume;
  }

  @Override
  public synchronized List<Volume> list() {
    return List.copyOf(byName.values());
  }

  @Override
  public List<ContainerId> users(String name) {
    return table.all().stream()
        .filter(container -> VolumeMount.names(container.request().spec()).contains(name))
        .map(LocalContainer::id)
        .toList();
  }

  @Override
  public ByteSize diskUsage(String name) {
    return VolumeFiles.diskUsage(inspect(name));
  }

  @Override
  public synchronized void remove(String name) {
    inspect(name);
    var users = users(name);
    if (!users.isEmpty()) {
      throw new CaissonException(
          ErrorCode.CONFLICT, "remove " + name + ": volume is in use - " + users);
    }
    VolumeFiles.delete(root.resolve(name));
    byName.remove(name);
  }

  /**
   * Makes sure that what is anonymous of {@code names} goes with their container, or stays, also if
   * this daemon is killed meanwhile.
   */
  synchronized void goWithContainer(List<String> names, boolean go) {
    for (var name : names) {
      var volume = Optional.ofNullable(byName.get(name));
      if (volume.filter(Volume::anonymous).isPresent()) {
        new VolumeClaim(root.resolve(name)).write(!go);
      }
    }
  }

  /** Removes those of {@code names} that are anonymous and that no container uses any more. */
  void removeAnonymous(List<String> names) {
    for (var name : names) {
      try {
        if (inspect(name).anonymous()) {
          remove(name);
        }
      } catch (CaissonException e) {
        boolean othersToo = e.code() == ErrorCode.CONFLICT || e.code() == ErrorCode.NOT_FOUND;
        if (!othersToo) {
          throw e;
        }
      }
    }
  }

  /**
   * Does {@code registration} of a container that mounts what {@code spec} says; volumes that are
   * not there yet are made, and none is removed meanwhile.
   */
  synchronized void holding(Spec spec, Registration registration) throws IOException {
    VolumeMount.names(spec).forEach(name -> create(VolumeRequest.named(name)));
    registration.run();
    VolumeMount.names(spec).forEach(name -> new VolumeClaim(root.resolve(name)).write(true));
  }

  /** Writes a container's record and makes it known. */
  interface Registration {
    void run() throws IOException;
  }

  /**
   * Where the files of {@code container}'s volumes are; disks are its own until {@link #giveBack}.
   *
   * @throws CaissonException CONFLICT if another container that runs has one of the disks
   */
  synchronized Map<String, VolumePlace> take(ContainerId container, Spec spec) {
    var places = new HashMap<String, VolumePlace>();
    var disks = new ArrayList<String>();
    for (var name : VolumeMount.names(spec)) {
      var volume = inspect(name);
      if (volume.disk().isPresent()) {
        requireFree(name, container);
        disks.add(name);
        places.put(name, new VolumePlace.Disk(volume.place()));
      } else {
        places.put(name, new VolumePlace.Directory(volume.place()));
      }
    }
    disks.forEach(name -> disksInUse.put(name, container));
    return places;
  }

  private void requireFree(String name, ContainerId container) {
    var user = disksInUse.get(name);
    if (user != null && !user.equals(container)) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "the volume %s is a disk, and the running container %s has it; stop that one first"
              .formatted(name, user.abbreviated()));
    }
  }

  /** The container runs no more. */
  synchronized void giveBack(ContainerId container) {
    disksInUse.values().removeIf(container::equals);
  }

  /** Removes what an earlier daemon made for a container, or was removing with one. */
  synchronized void sweep() {
    for (var name : List.copyOf(byName.keySet())) {
      var claim = new VolumeClaim(root.resolve(name));
      if (!claim.there() && users(name).isEmpty()) {
        remove(name);
      } else {
        claim.write(true);
      }
    }
  }

  /** Reads the volumes of an earlier daemon and removes what it left half made or half removed. */
  synchronized void load() throws IOException {
    DurableFiles.createDirectories(root);
    try (var directories = Files.newDirectoryStream(root)) {
      for (var directory : directories) {
        VolumeFiles.load(directory).ifPresent(volume -> byName.put(volume.name(), volume));
      }
    }
  }
}
