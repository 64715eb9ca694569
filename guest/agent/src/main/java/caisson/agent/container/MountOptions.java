package caisson.agent.container;

import static caisson.libc.MountTree.MOUNT_ATTR_NOATIME;
import static caisson.libc.MountTree.MOUNT_ATTR_NODEV;
import static caisson.libc.MountTree.MOUNT_ATTR_NODIRATIME;
import static caisson.libc.MountTree.MOUNT_ATTR_NOEXEC;
import static caisson.libc.MountTree.MOUNT_ATTR_NOSUID;
import static caisson.libc.MountTree.MOUNT_ATTR_NOSYMFOLLOW;
import static caisson.libc.MountTree.MOUNT_ATTR_RDONLY;
import static caisson.libc.MountTree.MOUNT_ATTR_RELATIME;
import static caisson.libc.MountTree.MOUNT_ATTR_STRICTATIME;
import static caisson.libc.MountTree.MOUNT_ATTR__ATIME;

import caisson.libc.Mounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A mount's options, which mount(8) writes in one list, by who takes them. Where options contradict
 * each other the last one holds.
 *
 * @param mount properties of the one mount
 * @param tree properties of the mount and all below it: those with an r in front (OCI runtime spec,
 *     "Linux mount options")
 * @param propagation MS_ flags, in the order to be applied
 * @param data what the file system itself takes
 */
record MountOptions(
    boolean bind,
    boolean recursive,
    boolean remount,
    Attributes mount,
    Attributes tree,
    List<Long> propagation,
    List<String> data) {
  /** The kernel takes no longer names and values (fsconfig(2)). */
  static final int MAX_LENGTH = 255;

  /** MOUNT_ATTR_ bits to set, and others to clear first. */
  record Attributes(long added, long cleared) {
    static final Attributes NONE = new Attributes(0, 0);

    Attributes then(Attributes later) {
      return new Attributes(
          (added & ~later.cleared) | later.added, (cleared & ~later.added) | later.cleared);
    }

    boolean isEmpty() {
      return (added | cleared) == 0;
    }
  }

  static MountOptions parse(List<String> options) {
    boolean bind = false;
    boolean recursive = false;
    boolean remount = false;
    Attributes mount = Attributes.NONE;
    Attributes tree = Attributes.NONE;
    List<Long> propagation = new ArrayList<>();
    List<String> data = new ArrayList<>();
    for (String option : options) {
      Optional<Attributes> own = attribute(option);
      Optional<Attributes> all = option.startsWith("r") ? attribute(option.substring(1)) : own;
      Optional<Long> spread = propagation(option);
      if (own.isPresent()) {
        mount = mount.then(own.get());
      } else if (all.isPresent()) {
        tree = tree.then(all.get());
      } else if (spread.isPresent()) {
        propagation.add(spread.get());
      } else {
        switch (option) {
          case "bind" -> bind = true;
          case "rbind" -> bind = recursive = true;
          case "remount" -> remount = true;
          case "defaults", "loud", "silent", "" -> {}
          default -> data.add(checked(option));
        }
      }
    }
    return new MountOptions(bind, recursive, remount, mount, tree, propagation, data);
  }

  private static Optional<Attributes> attribute(String option) {
    return Optional.ofNullable(
        switch (option) {
          case "ro" -> set(MOUNT_ATTR_RDONLY);
          case "rw" -> clear(MOUNT_ATTR_RDONLY);
          case "nosuid" -> set(MOUNT_ATTR_NOSUID);
          case "suid" -> clear(MOUNT_ATTR_NOSUID);
          case "nodev" -> set(MOUNT_ATTR_NODEV);
          case "dev" -> clear(MOUNT_ATTR_NODEV);
          case "noexec" -> set(MOUNT_ATTR_NOEXEC);
          case "exec" -> clear(MOUNT_ATTR_NOEXEC);
          case "nosymfollow" -> set(MOUNT_ATTR_NOSYMFOLLOW);
          case "symfollow" -> clear(MOUNT_ATTR_NOSYMFOLLOW);
          case "nodiratime" -> set(MOUNT_ATTR_NODIRATIME);
          case "diratime" -> clear(MOUNT_ATTR_NODIRATIME);
          case "noatime" -> accessTime(MOUNT_ATTR_NOATIME);
          case "strictatime" -> accessTime(MOUNT_ATTR_STRICTATIME);
          case "atime", "relatime", "norelatime", "nostrictatime" ->
              accessTime(MOUNT_ATTR_RELATIME);
          default -> null;
        });
  }

  private static Attributes set(long attribute) {
    return new Attributes(attribute, 0);
  }

  private static Attributes clear(long attribute) {
    return new Attributes(0, attribute);
  }

  private static Attributes accessTime(long attribute) {
    return new Attributes(attribute, MOUNT_ATTR__ATIME);
  }

  private static Optional<Long> propagation(String option) {
    return Optional.ofNullable(
        switch (option) {
          case "private" -> Mounts.MS_PRIVATE;
          case "slave" -> Mounts.MS_SLAVE;
          case "shared" -> Mounts.MS_SHARED;
          case "unbindable" -> Mounts.MS_UNBINDABLE;
          case "rprivate" -> Mounts.MS_REC | Mounts.MS_PRIVATE;
          case "rslave" -> Mounts.MS_REC | Mounts.MS_SLAVE;
          case "rshared" -> Mounts.MS_REC | Mounts.MS_SHARED;
          case "runbindable" -> Mounts.MS_REC | Mounts.MS_UNBINDABLE;
          default -> null;
        });
  }

  /** The MS_ flags of a propagation's name, as the root file system has one. */
  static long propagationFlags(String name) {
    return propagation(name)
        .orElseThrow(() -> ContainerFailure.invalid("there is no mount propagation " + name));
  }

  private static String checked(String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    String value = equals < 0 ? "" : option.substring(equals + 1);
    if (tooLong(name) || tooLong(value)) {
      throw ContainerFailure.invalid(
          "a mount option's name and value have at most " + MAX_LENGTH + " bytes: " + name);
    }
    return option;
  }

  private static boolean tooLong(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH;
  }
}
