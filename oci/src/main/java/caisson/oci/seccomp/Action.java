package caisson.oci.seccomp;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.Optional;

/** What a filter answers (seccomp(2), "SECCOMP_RET_*"). */
final class Action {
  static final int ALLOW = 0x7fff0000;
  static final int KILL_PROCESS = 0x80000000;

  private static final int KILL_THREAD = 0;
  private static final int TRAP = 0x00030000;
  private static final int ERRNO = 0x00050000;
  private static final int TRACE = 0x7ff00000;
  private static final int LOG = 0x7ffc0000;
  private static final int EPERM = 1;
  private static final int MAX_ERRNO = 4095;

  private Action() {}

  static int errno(int number) {
    return ERRNO | number;
  }

  /** Whether calls fail with an errno. */
  static boolean refuses(int action) {
    return (action & 0xffff0000) == ERRNO;
  }

  /**
   * Reads an action of the runtime spec.
   *
   * @throws CaissonException INVALID_ARGUMENT for one that there is not, UNSUPPORTED for
   *     SCMP_ACT_NOTIFY
   */
  static int parse(String name, Optional<Integer> errnoRet) {
    int data = errnoRet.orElse(EPERM);
    if (data < 0 || data > MAX_ERRNO) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "seccomp: errnoRet is " + data + ", not 0 to " + MAX_ERRNO);
    }
    return switch (name) {
      case "SCMP_ACT_ALLOW" -> ALLOW;
      case "SCMP_ACT_ERRNO" -> errno(data);
      case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> KILL_THREAD;
      case "SCMP_ACT_KILL_PROCESS" -> KILL_PROCESS;
      case "SCMP_ACT_TRAP" -> TRAP;
      case "SCMP_ACT_TRACE" -> TRACE | data;
      case "SCMP_ACT_LOG" -> LOG;
      case "SCMP_ACT_NOTIFY" ->
          throw new CaissonException(
              ErrorCode.UNSUPPORTED,
              "seccomp: SCMP_ACT_NOTIFY needs a listener on the host, which a process in a virtual"
                  + " machine cannot have");
      default ->
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT, "seccomp: there is no action " + name);
    };
  }
}
