package caisson.runtime;

import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.Interfaces;
import caisson.libc.Mounts;
import caisson.libc.Namespaces;

/**
 * Where a monitor lives: engines look for a container's network and files in the namespaces of the
 * process that stands for it, and must find nothing of the host's there.
 *
 * @param network {@link #HOST}, {@link #NEW}, or a namespace's path
 * @param root the container's root on the host; empty for a monitor that sees the host's files
 */
record MonitorPlace(String network, String root) {
  /** Beside whoever made it. */
  static final MonitorPlace HERE = new MonitorPlace("host", "");

  private static final String HOST = "host";
  private static final String NEW = "new";

  /** The daemon's answer: the network, then the root. */
  static MonitorPlace parse(byte[] answer) {
    Fields fields = new Fields(answer);
    return new MonitorPlace(fields.text(), fields.text());
  }

  /** The next child is process 1 of a process namespace, if it is to have a root of its own. */
  void prepareFork() {
    if (!root.isEmpty()) {
      Namespaces.unshare(Namespaces.CLONE_NEWPID);
    }
  }

  /** Moves this process into the network. */
  void joinNetwork() {
    if (network.equals(NEW)) {
      Namespaces.unshare(Namespaces.CLONE_NEWNET);
      Interfaces.setUp("lo", true);
    } else if (!network.equals(HOST)) {
      int namespace = Files.open(network, Files.O_RDONLY);
      Namespaces.enter(namespace, Namespaces.CLONE_NEWNET);
      Descriptors.close(namespace);
    }
  }

  /**
   * Makes the container's root this process's. What the host unmounts goes away here too: nothing
   * is kept busy.
   */
  void enterRoot() {
    if (root.isEmpty()) {
      return;
    }
    Namespaces.unshare(Namespaces.CLONE_NEWNS);
    Mounts.propagation("/", Mounts.MS_REC | Mounts.MS_SLAVE);
    Mounts.mount(root, root, "", Mounts.MS_BIND | Mounts.MS_REC, "");
    Files.changeDirectory(root);
    if (!Files.exists("proc")) {
      Files.makeDirectory("proc", 0555);
    }
    Mounts.mount("proc", "proc", "proc", 0, "");
    Mounts.pivotRoot(".", ".");
    Mounts.unmount(".", Mounts.MNT_DETACH);
    Files.changeDirectory("/");
  }
}
