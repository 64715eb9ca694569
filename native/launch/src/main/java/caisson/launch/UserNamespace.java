package caisson.launch;

import caisson.libc.Credentials;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Namespaces;
import java.nio.charset.StandardCharsets;

/**
 * User namespaces of one user and one group, which an ordinary user may make without help
 * (user_namespaces(7)): whoever is in one is the caller to everything outside.
 */
final class UserNamespace {
  /** For slirp4netns, whose sandbox becomes user and group 0, and for who serves shared files. */
  static final int ROOT = 0;

  /** For the program. */
  static final int NOBODY = 65534;

  private static final String REMEDY =
      "; ordinary users have to be allowed to: as root, with sysctl, user.max_user_namespaces above 0"
          + " and, where it exists, kernel.unprivileged_userns_clone=1";

  private final int process;

  /** Takes hold of this process's entry in /proc, which may be out of reach when it is needed. */
  UserNamespace() {
    this.process = Files.open("/proc/self", Files.O_PATH | Files.O_DIRECTORY);
  }

  /**
   * Moves the process into a new one.
   *
   * @param number its user and group there
   * @param others CLONE_NEW… of namespaces that come to belong to the new one
   * @throws LaunchFailure with what to do where the host does not let ordinary users
   */
  void enter(int number, int others) {
    try {
      int uid = Credentials.effectiveUid();
      int gid = Credentials.gid();
      Namespaces.unshare(Namespaces.CLONE_NEWUSER | others);
      write("setgroups", "deny");
      write("uid_map", number + " " + uid + " 1");
      write("gid_map", number + " " + gid + " 1");
      Descriptors.close(process);
    } catch (ErrnoException e) {
      throw new LaunchFailure("cannot make a user namespace: " + e.getMessage() + REMEDY);
    }
  }

  private void write(String file, String text) {
    int fd = Files.openAt(process, file, Files.O_WRONLY, 0);
    try {
      Descriptors.writeAll(fd, text.getBytes(StandardCharsets.UTF_8));
    } finally {
      Descriptors.close(fd);
    }
  }
}
