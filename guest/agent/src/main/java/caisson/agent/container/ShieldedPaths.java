package caisson.agent.container;

import caisson.agent.container.RootWalk.Found;
import caisson.agent.container.RootWalk.Kind;
import caisson.libc.Descriptors;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.MountTree;
import java.util.List;
import java.util.Optional;

/**
 * Paths that a container does not see, and others that it does not write; missing ones are fine.
 */
final class ShieldedPaths {
  /** A null device that no image can have put there. */
  private static final String NOTHING = RootDisks.STAGE + "/null";

  private final ContainerRoot root;

  ShieldedPaths(ContainerRoot root) {
    this.root = root;
  }

  /** Covers each path: a directory with an empty one, anything else with a null device. */
  void mask(List<String> paths) {
    if (paths.isEmpty()) {
      return;
    }
    Files.makeNode(NOTHING, FileStatus.S_IFCHR | 0666, Files.device(1, 3));
    for (String path : paths) {
      Optional<Found> found = root.find(path);
      if (found.isPresent()) {
        mask(found.get().node(), path);
      }
    }
  }

  private void mask(int node, String path) {
    boolean directory = root.kind(node) == Kind.DIRECTORY;
    try (MountTree cover = directory ? emptyDirectory() : MountTree.copyOf(NOTHING)) {
      cover.attach(node, path);
    } finally {
      Descriptors.close(node);
    }
  }

  private static MountTree emptyDirectory() {
    List<String> options = List.of("nr_blocks=1", "nr_inodes=2", "mode=755");
    return MountTree.create("tmpfs", "tmpfs", options, MountTree.MOUNT_ATTR_RDONLY);
  }

  /** Mounts each path over itself, read-only with all that is below. */
  void makeReadOnly(List<String> paths) {
    for (String path : paths) {
      Optional<Found> found = root.find(path);
      if (found.isPresent()) {
        makeReadOnly(found.get().node(), path);
      }
    }
  }

  private static void makeReadOnly(int node, String path) {
    try (MountTree copy = MountTree.copyOf(node, true, path)) {
      copy.add(MountTree.MOUNT_ATTR_RDONLY);
      copy.attach(node, path);
    } finally {
      Descriptors.close(node);
    }
  }
}
