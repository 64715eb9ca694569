package caisson.launch;

import caisson.launch.spec.Bind;
import caisson.launch.spec.Jail;
import caisson.launch.spec.Link;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.MountTree;
import caisson.libc.Mounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the root that the program sees, in a mount namespace of its own: a small tmpfs with what
 * is bound, and nothing of the host's tree left to go back to.
 */
final class JailRoot {
  private static final String TMPFS_OPTIONS = "mode=755,size=64k,nr_inodes=2k";
  private static final String PROC_OPTIONS = "hidepid=2,subset=pid";
  private static final long ALWAYS = MountTree.MOUNT_ATTR_NOSUID;

  private final Jail jail;
  private final List<MountTree> trees = new ArrayList<>();

  JailRoot(Jail jail) {
    this.jail = jail;
  }

  /**
   * Takes hold of everything that is bound, then covers {@code place}, a directory of the host's,
   * with the new root: so a source may lie anywhere, below {@code place} too.
   */
  void build(String place) {
    Mounts.propagation("/", Mounts.MS_REC | Mounts.MS_PRIVATE);
    for (Bind bind : jail.binds()) {
      MountTree tree = MountTree.copyOf(bind.source());
      tree.add(attributes(bind.kind()));
      trees.add(tree);
    }
    Mounts.mount("jail", place, "tmpfs", Mounts.MS_NOSUID | Mounts.MS_NODEV, TMPFS_OPTIONS);
    Files.changeDirectory(place);
    int mask = Files.setMask(022); // the program's user is another one and has to get everywhere
    populate();
    Files.setMask(mask);
    enter();
  }

  private static long attributes(Bind.Kind kind) {
    long data = MountTree.MOUNT_ATTR_NODEV | MountTree.MOUNT_ATTR_NOEXEC;
    return ALWAYS
        | switch (kind) {
          case DATA -> data | MountTree.MOUNT_ATTR_RDONLY;
          case PROGRAMS -> MountTree.MOUNT_ATTR_NODEV | MountTree.MOUNT_ATTR_RDONLY;
          case WRITABLE -> data;
          case DEVICE -> MountTree.MOUNT_ATTR_NOEXEC | MountTree.MOUNT_ATTR_RDONLY;
        };
  }

  private void populate() {
    for (int i = 0; i < trees.size(); i++) {
      attach(trees.get(i), jail.binds().get(i).target().substring(1));
    }
    for (String directory : jail.directories()) {
      Files.makeDirectories(directory.substring(1), 0755);
    }
    for (Link link : jail.links()) {
      String path = link.path().substring(1);
      makeParents(path);
      Files.symbolicLink(link.content(), path);
    }
    if (jail.processes()) {
      Files.makeDirectories("proc", 0755);
      long flags = Mounts.MS_NOSUID | Mounts.MS_NODEV | Mounts.MS_NOEXEC;
      Mounts.mount("proc", "proc", "proc", flags, PROC_OPTIONS);
    }
  }

  private static void attach(MountTree tree, String target) {
    if (tree.isDirectory()) {
      Files.makeDirectories(target, 0755);
    } else {
      makeParents(target);
      Descriptors.close(Files.open(target, Files.O_CREAT | Files.O_WRONLY, 0644));
    }
    tree.attach(target);
    tree.close();
  }

  private static void makeParents(String path) {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      Files.makeDirectories(path.substring(0, slash), 0755);
    }
  }

  /** Makes the directory the process is in its root, and lets go of the old one. */
  private static void enter() {
    Mounts.pivotRoot(".", ".");
    Mounts.unmount(".", Mounts.MNT_DETACH);
    Files.changeDirectory("/");
    long readOnly = MountTree.MOUNT_ATTR_RDONLY | MountTree.MOUNT_ATTR_NOEXEC;
    MountTree.add("/", readOnly | MountTree.MOUNT_ATTR_NODEV | MountTree.MOUNT_ATTR_NOSUID);
  }
}
