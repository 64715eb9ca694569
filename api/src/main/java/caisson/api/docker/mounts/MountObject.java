package caisson.api.docker.mounts;

import caisson.api.http.BadRequest;
import caisson.api.wire.Mount;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a {@link Mount} as dockerd does, with its words. */
final class MountObject {
  private MountObject() {}

  static RequestedMount parse(Mount mount) {
    try {
      return switch (mount.type()) {
        case "bind" -> bind(mount);
        case "volume" -> volume(mount);
        case "tmpfs" -> tmpfs(mount);
        case "npipe", "cluster", "image" ->
            throw new CaissonException(ErrorCode.UNSUPPORTED, "such mounts are not supported");
        default -> throw BadRequest.of("mount type unknown");
      };
    } catch (CaissonException e) {
      throw new CaissonException(
          e.code(), "invalid mount config for type \"" + mount.type() + "\": " + e.text(), e);
    }
  }

  private static RequestedMount bind(Mount mount) {
    var target = ContainerPath.checked(mount.target());
    refuse(mount.volumeOptions().isPresent(), "VolumeOptions");
    refuse(mount.tmpfsOptions().isPresent(), "TmpfsOptions");
    if (mount.source().isEmpty()) {
      throw BadRequest.of("field Source must not be empty");
    }
    if (!mount.source().startsWith("/")) {
      throw BadRequest.of(
          "invalid mount path: '" + mount.source() + "' mount path must be absolute");
    }
    var source = ContainerPath.clean(mount.source());
    boolean make = mount.bindOptions().map(Mount.BindOptions::createMountpoint).orElse(false);
    if (!make && !Files.exists(Path.of(source))) {
      throw BadRequest.of("bind source path does not exist: " + source);
    }
    var propagation = mount.bindOptions().map(MountObject::propagation).orElse("");
    return new RequestedMount.Bind(target, source, mount.readOnly(), propagation, make);
  }

  private static String propagation(Mount.BindOptions options) {
    if (options.nonRecursive() || options.readOnlyNonRecursive()) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED, "a bind always shows what is mounted below its source");
    }
    if (!options.propagation().isEmpty() && !MountMode.isPropagation(options.propagation())) {
      throw BadRequest.of("invalid propagation mode: " + options.propagation());
    }
    return options.propagation();
  }

  private static RequestedMount volume(Mount mount) {
    var target = ContainerPath.checked(mount.target());
    refuse(mount.bindOptions().isPresent(), "BindOptions");
    refuse(mount.tmpfsOptions().isPresent(), "TmpfsOptions");
    if (mount.source().isEmpty() && mount.readOnly()) {
      throw BadRequest.of("must not set ReadOnly mode when using anonymous volumes");
    }
    var options = mount.volumeOptions();
    return new RequestedMount.OfVolume(
        target,
        Optional.of(mount.source()).filter(name -> !name.isEmpty()),
        options.map(Mount.VolumeOptions::subpath).map(MountObject::inside).orElse(""),
        mount.readOnly(),
        !options.map(Mount.VolumeOptions::noCopy).orElse(false),
        options.map(Mount.VolumeOptions::labels).orElse(Map.of()),
        options.flatMap(Mount.VolumeOptions::driverConfig));
  }

  /** A path in a volume, which may not begin outside. */
  private static String inside(String subpath) {
    if (subpath.isEmpty()) {
      return "";
    }
    var clean = ContainerPath.clean(subpath);
    if (clean.startsWith("/") || clean.equals("..") || clean.startsWith("../")) {
      throw BadRequest.of("volume subpath '" + subpath + "' must be a path within the volume");
    }
    return clean;
  }

  private static RequestedMount tmpfs(Mount mount) {
    var target = ContainerPath.checked(mount.target());
    refuse(mount.bindOptions().isPresent(), "BindOptions");
    refuse(mount.volumeOptions().isPresent(), "VolumeOptions");
    refuse(!mount.source().isEmpty(), "Source");
    var options = new ArrayList<>(List.of("noexec", "nosuid", "nodev"));
    mount.tmpfsOptions().ifPresent(asked -> add(options, asked));
    if (mount.readOnly()) {
      options.add("ro");
    }
    return new RequestedMount.Tmpfs(target, List.copyOf(options));
  }

  private static void add(List<String> options, Mount.TmpfsOptions asked) {
    if (asked.sizeBytes() > 0) {
      options.add("size=" + asked.sizeBytes());
    }
    if (asked.mode() != 0) {
      options.add("mode=" + Integer.toOctalString(asked.mode() & 07777));
    }
    for (var option : asked.options()) {
      options.add(String.join("=", option));
    }
  }

  private static void refuse(boolean present, String field) {
    if (present) {
      throw BadRequest.of("field " + field + " must not be specified");
    }
  }
}
