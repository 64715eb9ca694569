package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/**
 * Who a process is.
 *
 * @param username a user as Docker writes it (name or number, optionally a colon and a group),
 *     resolved in the guest; where present it counts instead of the numbers
 */
public record User(
    long uid,
    long gid,
    Optional<Integer> umask,
    List<Long> additionalGids,
    Optional<String> username) {
  public User {
    additionalGids = Absent.list(additionalGids);
  }
}
