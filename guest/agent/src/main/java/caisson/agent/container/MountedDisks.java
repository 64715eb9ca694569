package caisson.agent.container;

import caisson.libc.MountTree;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writable disks that were mounted, nowhere, before there is a container for them: mounting them
 * again, where the container needs them, reads nothing from them.
 */
public final class MountedDisks {
  private static final int MOST = 16;

  private final Map<String, MountTree> mounts = new HashMap<>();

  /**
   * Mounts the disk with that serial number; waits for it up to ten seconds.
   *
   * @throws ContainerFailure if it does not come, or there are too many
   */
  public void mount(String serial) {
    if (mounts.containsKey(serial)) {
      return;
    }
    if (mounts.size() == MOST) {
      throw ContainerFailure.invalid("at most " + MOST + " disks are mounted ahead");
    }
    try (DiskSearch disks = new DiskSearch()) {
      String device = disks.await(serial);
      mounts.put(
          serial,
          MountTree.create(
              "ext4", device, RootDisks.WRITABLE_OPTIONS, MountTree.MOUNT_ATTR_NOATIME));
    }
  }

  /** The mount of a disk, if there is one, which is the caller's now. */
  Optional<MountTree> take(String serial) {
    return Optional.ofNullable(mounts.remove(serial));
  }
}
