package caisson.api.docker.mounts;

import caisson.api.wire.HostConfig;
import caisson.api.wire.MountPoint;
import caisson.base.CaissonException;
import caisson.engine.Container;
import caisson.engine.VolumeMount;
import caisson.engine.Volumes;
import caisson.oci.runtime.MountSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A container's mounts as {@code inspect} and {@code ps} show them. */
public final class MountView {
  private final Volumes volumes;

  public MountView(Volumes volumes) {
    this.volumes = volumes;
  }

  /** What the container has mounted by its spec, and by {@code --mount type=tmpfs}. */
  public List<MountPoint> of(Container container, HostConfig host) {
    var given =
        container.request().spec().mounts().stream().flatMap(mount -> point(mount, host).stream());
    var memory =
        host.mounts().stream()
            .filter(mount -> mount.type().equals("tmpfs"))
            .map(mount -> tmpfs(mount.target(), !mount.readOnly()));
    return Stream.concat(given, memory).toList();
  }

  private Optional<MountPoint> point(MountSpec mount, HostConfig host) {
    boolean writable = !mount.options().contains("ro");
    if (mount.isBind()) {
      var propagation =
          mount.options().stream().filter(MountMode::isPropagation).findFirst().orElse("");
      return Optional.of(
          new MountPoint(
              "bind",
              Optional.empty(),
              mount.source().orElse(""),
              mount.destination(),
              Optional.empty(),
              mode(mount.destination(), host),
              writable,
              propagation));
    }
    return VolumeMount.of(mount)
        .map(volume ->
            new MountPoint(
                "volume",
                Optional.of(volume.volume()),
                place(volume.volume()),
                mount.destination(),
                Optional.of("local"),
                mode(mount.destination(), host),
                writable,
                ""));
  }

  /** Empty for a volume that somebody has taken away from under its container. */
  private String place(String volume) {
    try {
      return volumes.inspect(volume).place().toString();
    } catch (CaissonException e) {
      return "";
    }
  }

  /** What stands behind the second colon of the bind that asked for it. */
  private static String mode(String destination, HostConfig host) {
    for (var text : host.binds()) {
      var parts = text.split(":", -1);
      if (parts.length > 1 && ContainerPath.clean(parts[1]).equals(destination)) {
        return parts.length > 2 ? parts[2] : text.startsWith("/") ? "" : "z";
      }
    }
    return "";
  }

  private static MountPoint tmpfs(String target, boolean writable) {
    return new MountPoint(
        "tmpfs",
        Optional.empty(),
        "",
        ContainerPath.clean(target),
        Optional.empty(),
        "",
        writable,
        "");
  }
}
