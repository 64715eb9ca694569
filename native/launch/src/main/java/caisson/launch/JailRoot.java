package caisson.launch;

import caisson.launch.spec.Bind;
import caisson.launch.spec.Identity;
import caisson.launch.spec.Jail;
import caisson.launch.spec.Link;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
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
  private final Identity identity;
  private final List<MountTree> trees = new ArrayList<>();
  private boolean hasDevices;

  JailRoot(Jail jail, Identity identity) {
    this.jail = jail;
    this.identity = identity;
  }

  /**
   * Takes hold of everything that is bound, then covers {@code place}, a directory of the host's,
   * with the new root: so a source may lie anywhere, below {@code place} too.
   */
  void build(String place) {
    Mounts.propagation("/", Mounts.MS_REC | Mounts.MS_PRIVATE);
    for (Bind bind : jail.binds()) {
      trees.add(take(bind));
    }
    Mounts.mount("jail", place, "tmpfs", Mounts.MS_NOSUID, TMPFS_OPTIONS);
    Files.changeDirectory(place);
    int mask = Files.setMask(022); // the program's user is another one and has to get everywhere
    populate();
    Files.setMask(mask);
    enter();
  }

  /** A copy of what is bound, with the properties that it is to have. */
  static MountTree take(Bind bind) {
    MountTree tree = MountTree.copyOf(bind.source());
    tree.add(attributes(bind.kind()));
    return tree;
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
      attach(trees.get(i), jail.binds().get(i));
    }
    for (String directory : jail.directories()) {
      Files.makeDirectories(directory.substring(1), 0755);
    }
    for (Link link : jail.links()) {
      String path = link.path().substring(1);
      makeParents(path);
      Files.symbolicLink(link.content(), path);
    }
    if (!jail.processes().isEmpty()) {
      String place = jail.processes().substring(1);
      Files.makeDirectories(place, 0755);
      long flags = Mounts.MS_NOSUID | Mounts.MS_NODEV | Mounts.MS_NOEXEC;
      Mounts.mount("proc", place, "proc", flags, PROC_OPTIONS);
    }
  }

  private void attach(MountTree tree, Bind bind) {
    String target = bind.target().substring(1);
    if (tree.isDirectory()) {
      Files.makeDirectories(target, 0755);
      tree.attach(target);
    } else {
      makeParents(target);
      if (bind.kind() != Bind.Kind.DEVICE || !makeDevice(tree.status(), target)) {
        Descriptors.close(Files.open(target, Files.O_CREAT | Files.O_WRONLY, 0644));
        tree.attach(target);
      }
    }
    tree.close();
  }

  /**
   * Gives a program that has a user of its own a node of its own: the host's may be for others
   * only. False where the kernel lets nobody make nodes, as in a container's user namespace.
   */
  private boolean makeDevice(FileStatus host, String target) {
    if (!(identity instanceof Identity.Dedicated(int uid, int gid))) {
      return false;
    }
    int type = host.mode() & FileStatus.S_IFMT;
    long device = Files.device(host.specialMajor(), host.specialMinor());
    try {
      Files.makeNode(target, type | 0600, device);
    } catch (ErrnoException e) {
      if (e.errno() == Errno.EPERM) {
        return false;
      }
      throw e;
    }
    Files.setOwner(target, uid, gid, 0);
    hasDevices = true;
    return true;
  }

  private static void makeParents(String path) {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      Files.makeDirectories(path.substring(0, slash), 0755);
    }
  }

  /** Makes the directory the process is in its root, and lets go of the old one. */
  private void enter() {
    Mounts.pivotRoot(".", ".");
    Mounts.unmount(".", Mounts.MNT_DETACH);
    Files.changeDirectory("/");
    long attributes = ALWAYS | MountTree.MOUNT_ATTR_RDONLY | MountTree.MOUNT_ATTR_NOEXEC;
    MountTree.add("/", hasDevices ? attributes : attributes | MountTree.MOUNT_ATTR_NODEV);
  }
}
