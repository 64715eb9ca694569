package caisson.api.docker.mounts;

import caisson.api.docker.volumes.VolumeCreation;
import caisson.api.http.BadRequest;
import caisson.api.wire.ContainerConfig;
import caisson.api.wire.HostConfig;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.VolumeMount;
import caisson.engine.Volumes;
import caisson.oci.runtime.MountSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mounts that a container asks for, by its binds, its mounts and its volumes, or that its image
 * does. Nothing has been done about them yet; {@link #realize} makes what is missing.
 */
public final class MountPlan {
  private final Map<String, RequestedMount> byDestination = new LinkedHashMap<>();

  private MountPlan() {}

  /**
   * Reads and checks them.
   *
   * @param config with the image's volumes
   * @throws CaissonException INVALID_ARGUMENT with Docker's words
   */
  public static MountPlan of(ContainerConfig config, HostConfig host) {
    var plan = new MountPlan();
    host.binds().forEach(text -> plan.add(BindText.parse(text), host));
    host.mounts().forEach(mount -> plan.add(MountObject.parse(mount), host));
    for (var path : config.volumes().keySet()) {
      var destination = ContainerPath.checked(path);
      if (!host.tmpfs().containsKey(destination)) {
        plan.byDestination.putIfAbsent(destination, RequestedMount.OfVolume.anonymous(destination));
      }
    }
    return plan;
  }

  private void add(RequestedMount mount, HostConfig host) {
    boolean taken = host.tmpfs().containsKey(mount.destination());
    if (taken || byDestination.put(mount.destination(), mount) != null) {
      throw BadRequest.of("Duplicate mount point: " + mount.destination());
    }
  }

  /**
   * Makes directories of the host that are missing and volumes that are the container's own or have
   * wishes.
   *
   * @param made gets the names of those of the container's own, also if a later one fails
   * @return the mounts of the container's spec, those nearer to the root first
   */
  public List<MountSpec> realize(Volumes volumes, List<String> made) {
    return byDestination.values().stream()
        .sorted(Comparator.comparingInt(mount -> mount.destination().split("/", -1).length))
        .map(mount -> realize(mount, volumes, made))
        .toList();
  }

  private static MountSpec realize(RequestedMount mount, Volumes volumes, List<String> made) {
    return switch (mount) {
      case RequestedMount.Bind bind -> bind(bind);
      case RequestedMount.OfVolume volume -> volume(volume, volumes, made);
      case RequestedMount.Tmpfs(var destination, var options) ->
          spec(destination, "tmpfs", "tmpfs", options);
    };
  }

  private static MountSpec bind(RequestedMount.Bind bind) {
    if (bind.make()) {
      makeDirectory(Path.of(bind.source()));
    }
    var options = new ArrayList<String>();
    options.add("rbind");
    options.add(bind.propagation().isEmpty() ? "rprivate" : bind.propagation());
    if (bind.readOnly()) {
      options.add("ro");
    }
    return spec(bind.destination(), "bind", bind.source(), options);
  }

  private static void makeDirectory(Path directory) {
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "error while creating mount source path '" + directory + "': " + e,
          e);
    }
  }

  private static MountSpec volume(
      RequestedMount.OfVolume mount, Volumes volumes, List<String> made) {
    var request = VolumeCreation.request(mount.name(), mount.labels(), mount.driver());
    boolean own = mount.name().isEmpty();
    var volume = own ? volumes.createForContainer(request) : volumes.create(request);
    if (own) {
      made.add(volume.name());
    }
    var options = new ArrayList<String>();
    if (mount.readOnly()) {
      options.add("ro");
    }
    if (!mount.copy()) {
      options.add(VolumeMount.NO_COPY);
    }
    var source = mount.path().isEmpty() ? volume.name() : volume.name() + "/" + mount.path();
    return spec(mount.destination(), VolumeMount.TYPE, source, options);
  }

  private static MountSpec spec(
      String destination, String type, String source, List<String> options) {
    return new MountSpec(
        destination,
        Optional.of(type),
        Optional.of(source),
        List.copyOf(options),
        List.of(),
        List.of());
  }
}
