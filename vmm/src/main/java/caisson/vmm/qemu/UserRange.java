package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;

/**
 * Numbers of users, and of the groups of the same numbers, that nothing else on the host uses: each
 * machine has one while it runs.
 */
public record UserRange(int first, int count) {
  /**
   * Far from what distributions, systemd and container engines give out: systemd's table of uids
   * (UIDS-GIDS.md) calls everything from 1879048192 to 2147483647 unused.
   */
  public static final UserRange DEFAULT = new UserRange(0x7ca1_0000, 0x1_0000);

  public UserRange {
    if (first <= 0 || count <= 0 || first > Integer.MAX_VALUE - count) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "there is no range of " + count + " unprivileged users from " + first);
    }
  }

  boolean contains(int uid) {
    return uid >= first && uid - first < count;
  }
}
