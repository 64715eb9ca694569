package caisson.libc;

import org.teavm.interop.Address;

/** Who a process is and what it may: users, groups, capabilities. */
public final class Credentials {
  private static final int SYS_CAPSET = 126;
  private static final int LINUX_CAPABILITY_VERSION_3 = 0x20080522;
  private static final int PR_CAP_AMBIENT_RAISE = 2;
  private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;

  private Credentials() {}

  public static int uid() {
    return Libc.getuid();
  }

  public static int effectiveUid() {
    return Libc.geteuid();
  }

  public static int gid() {
    return Libc.getgid();
  }

  /** Makes {@code uid} the real, effective and saved user. */
  public static void setUser(int uid) {
    Errno.check(Libc.setresuid(uid, uid, uid), "setresuid", String.valueOf(uid));
  }

  /** Makes {@code gid} the real, effective and saved group. */
  public static void setGroup(int gid) {
    Errno.check(Libc.setresgid(gid, gid, gid), "setresgid", String.valueOf(gid));
  }

  /** Sets the supplementary groups. */
  public static void setGroups(int... groups) {
    int result = Libc.setgroups(groups.length, Address.ofData(groups));
    Errno.check(result, "setgroups", "");
  }

  /** Sets the effective, permitted and inheritable capabilities; bit n is capability n. */
  public static void setCapabilities(long effective, long permitted, long inheritable) {
    try (Scratch scratch = new Scratch()) {
      Block header = scratch.block(8).putInt(0, LINUX_CAPABILITY_VERSION_3);
      Block sets = scratch.block(24);
      for (int half = 0; half < 2; half++) {
        sets.putInt(12 * half, (int) (effective >>> (32 * half)));
        sets.putInt(12 * half + 4, (int) (permitted >>> (32 * half)));
        sets.putInt(12 * half + 8, (int) (inheritable >>> (32 * half)));
      }
      long result = Libc.syscall(SYS_CAPSET, header.address(), sets.address(), 0, 0, 0, 0);
      Errno.check(result, "capset", "");
    }
  }

  /** Drops every capability that is not in {@code kept} from the bounding set. */
  public static void limitBoundingSet(long kept) {
    for (int capability = 0; capability < 64; capability++) {
      if ((kept >>> capability & 1) == 0
          && Libc.prctl(Processes.PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) {
        if (Errno.last() == Errno.EINVAL) {
          return; // past the last capability that this kernel knows
        }
        throw new ErrnoException("prctl", "PR_CAPBSET_DROP " + capability, Errno.last());
      }
    }
  }

  /** Sets the ambient set; each must be permitted and inheritable. */
  public static void setAmbient(long capabilities) {
    ambient(PR_CAP_AMBIENT_CLEAR_ALL, 0);
    for (int capability = 0; capability < 64; capability++) {
      if ((capabilities >>> capability & 1) != 0) {
        ambient(PR_CAP_AMBIENT_RAISE, capability);
      }
    }
  }

  private static void ambient(int operation, int capability) {
    int result = Libc.prctl(Processes.PR_CAP_AMBIENT, operation, capability, 0, 0);
    Errno.check(result, "prctl", "PR_CAP_AMBIENT " + capability);
  }

  /** Keeps the permitted capabilities through a change of user. */
  public static void keepCapabilities(boolean keep) {
    Processes.control("PR_SET_KEEPCAPS", Processes.PR_SET_KEEPCAPS, keep ? 1 : 0);
  }

  /** No execve gives this process or its children more than they have. */
  public static void setNoNewPrivileges() {
    Processes.control("PR_SET_NO_NEW_PRIVS", Processes.PR_SET_NO_NEW_PRIVS, 1);
  }
}
