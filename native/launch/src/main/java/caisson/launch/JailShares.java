package caisson.launch;

import caisson.launch.spec.Bind;
import caisson.launch.spec.SharesSpec;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.MountTree;
import caisson.libc.Mounts;
import caisson.libc.Namespaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of the host that are bound in a running program's jail, or taken away from it. They are
 * mounted where only the program sees them, and go with it.
 */
final class JailShares {
  private static final int MAX_COMMAND_LINE = 64 * 1024;

  private final SharesSpec spec;

  JailShares(SharesSpec spec) {
    this.spec = spec;
  }

  /** Takes hold of what is added, moves into the jail and changes it: all, or nothing is added. */
  void change() {
    List<MountTree> trees = new ArrayList<>();
    for (Bind bind : spec.added()) {
      trees.add(JailRoot.take(bind));
    }
    enterJail();
    Files.setMask(022);
    try (MountTree writable = writableRoot()) {
      for (String target : spec.removed()) {
        remove(target, writable);
      }
      add(trees, writable);
    }
  }

  private void enterJail() {
    String process = "/proc/" + spec.process();
    int namespace = Files.open(process + "/ns/mnt", Files.O_RDONLY);
    byte[] command = Files.read(process + "/cmdline", MAX_COMMAND_LINE);
    if (!new String(command, StandardCharsets.UTF_8).contains(spec.mark())) {
      throw new LaunchFailure("process " + spec.process() + " is not that of " + spec.mark());
    }
    Namespaces.enter(namespace, Namespaces.CLONE_NEWNS);
    Descriptors.close(namespace);
  }

  /** The jail's own file system is read-only where the program sees it; this is a mount apart. */
  private static MountTree writableRoot() {
    int root = Files.open("/", Files.O_PATH | Files.O_DIRECTORY);
    try {
      MountTree copy = MountTree.copyOf(root, false, "the jail");
      copy.change(0, MountTree.MOUNT_ATTR_RDONLY, false);
      return copy;
    } finally {
      Descriptors.close(root);
    }
  }

  private void add(List<MountTree> trees, MountTree writable) {
    int done = 0;
    try {
      for (MountTree tree : trees) {
        String target = spec.added().get(done).target();
        done++;
        makePlace(target, tree.isDirectory(), writable);
        tree.attach(target);
      }
    } catch (ErrnoException e) {
      for (Bind bind : spec.added().subList(0, done)) {
        remove(bind.target(), writable);
      }
      throw e;
    }
  }

  private static void makePlace(String target, boolean directory, MountTree writable) {
    String path = target.substring(1);
    if (directory) {
      Files.makeDirectoryAt(writable.fd(), path, 0755);
    } else {
      Files.makeNodeAt(writable.fd(), path, FileStatus.S_IFREG | 0644, 0);
    }
  }

  /** What is still open in it stays so; what is not there is passed over. */
  private static void remove(String target, MountTree writable) {
    attempt(() -> Mounts.unmount(target, Mounts.MNT_DETACH | Mounts.UMOUNT_NOFOLLOW));
    attempt(() -> Files.removeAt(writable.fd(), target.substring(1), 0));
    attempt(() -> Files.removeAt(writable.fd(), target.substring(1), Files.AT_REMOVEDIR));
  }

  private static void attempt(Runnable removal) {
    try {
      removal.run();
    } catch (ErrnoException e) {
      boolean missing =
          e.errno() == Errno.ENOENT
              || e.errno() == Errno.EINVAL
              || e.errno() == Errno.EISDIR
              || e.errno() == Errno.ENOTDIR;
      if (!missing) {
        throw e;
      }
    }
  }
}
