package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives each machine a user that no other process of the host runs as. Several daemons may share a
 * range: the choice is random, and what others' machines have is seen in /proc.
 */
final class VmUsers {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final UserRange range;
  private final Set<Integer> taken = new HashSet<>();

  VmUsers(UserRange range) {
    this.range = range;
  }

  /** A user that is nobody else's until it is {@linkplain #release released}. */
  synchronized int take() {
    var busy = busy();
    busy.addAll(taken);
    if (busy.size() >= range.count()) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES,
          "all %d users from %d on that machines can run as are in use"
              .formatted(range.count(), range.first()));
    }
    int uid;
    do {
      uid = range.first() + RANDOM.nextInt(range.count());
    } while (busy.contains(uid));
    taken.add(uid);
    return uid;
  }

  /** Notes a user that a machine of an earlier daemon has. */
  synchronized void keep(int uid) {
    taken.add(uid);
  }

  synchronized void release(int uid) {
    taken.remove(uid);
  }

  /** The users of the range that processes run as: they own their directories in /proc. */
  private Set<Integer> busy() {
    var users = new HashSet<Integer>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var entry : entries) {
        int uid = owner(entry);
        // One that has ended and that nobody has asked about yet has its user no more.
        if (range.contains(uid) && isAlive(entry)) {
          users.add(uid);
        }
      }
      return users;
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot list processes: " + e, e);
    }
  }

  private static boolean isAlive(Path entry) {
    return ProcessIdentity.of(Long.parseLong(entry.getFileName().toString())).isPresent();
  }

  private static int owner(Path entry) {
    try {
      return (int) Files.getAttribute(entry, "unix:uid");
    } catch (IOException gone) {
      return -1;
    }
  }
}
