package caisson.agent.container;

import caisson.agent.container.RootWalk.Found;
import caisson.guest.protocol.ContainerSetup;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.MountTree;
import caisson.libc.Mounts;
import java.util.HashSet;
import java.util.Set;

/**
 * What a container is given beside its root: the host's files, memory that it has together with
 * others, and volumes that are disks of their own. These are mounted on the stage, each for the
 * first mount that needs it; the others are there for the whole machine ({@link MachineMounts}).
 */
final class GivenFiles {
  private static final String DISKS = RootDisks.STAGE + "/volumes";
  private static final String DISK_OPTIONS = "noinit_itable,nodiscard";

  /**
   * What a container sees of a disk: the file system's own root has a lost+found, which programs
   * take for somebody's files.
   */
  private static final String CONTENT = "/content";

  private final Set<String> mounted = new HashSet<>();

  /**
   * Makes the share that {@code mount} names the container's root; leaves the process in the stage.
   */
  void mountRoot(ContainerSetup.Mount mount) {
    RootDisks.makeStage();
    Files.makeDirectory(RootDisks.ROOT, 0755);
    int source = open(mount);
    try (MountTree copy = MountTree.copyOf(source, false, mount.source())) {
      copy.attach(RootDisks.ROOT);
    } finally {
      Descriptors.close(source);
    }
  }

  /** What {@code mount} gives: an open file or directory, the caller's to close. */
  int open(ContainerSetup.Mount mount) {
    String source = mount.source();
    return switch (mount.type()) {
      case ContainerSetup.Mount.SHARE -> open(MachineMounts.SHARES + "/" + name(source), source);
      case ContainerSetup.Mount.MEMORY -> hold(MachineMounts.memory(source));
      default -> disk(source);
    };
  }

  private int disk(String source) {
    String place = DISKS + "/" + name(source);
    if (mounted.add(place)) {
      Files.makeDirectories(place, 0700);
      try (DiskSearch disks = new DiskSearch()) {
        String device = disks.await(name(source));
        Mounts.mount(device, place, "ext4", Mounts.MS_NOATIME, DISK_OPTIONS);
      }
      if (!Files.exists(place + CONTENT)) {
        Files.makeDirectory(place + CONTENT, 0755);
      }
    }
    return open(place + CONTENT, source);
  }

  /** What stands before the first slash. */
  private static String name(String source) {
    int slash = source.indexOf('/');
    return slash < 0 ? source : source.substring(0, slash);
  }

  /** What stands behind it is a path that leads nowhere else, whatever links there are. */
  private static int open(String place, String source) {
    String path = source.substring(Math.min(source.length(), name(source).length() + 1));
    return path.isEmpty() ? hold(place) : find(place, path);
  }

  private static int hold(String path) {
    return Files.open(path, Files.O_PATH | Files.O_NOFOLLOW);
  }

  private static int find(String place, String path) {
    try (ContainerRoot root = new ContainerRoot(place)) {
      return root.find(path)
          .map(Found::node)
          .orElseThrow(() -> new ErrnoException("find", path + " in the volume", Errno.ENOENT));
    }
  }
}
