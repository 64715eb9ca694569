package caisson.libc;

/** keyctl(2). */
public final class Keyrings {
  private static final int SYS_KEYCTL = 250;
  private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;

  private Keyrings() {}

  /**
   * Gives the process the session keyring {@code name}, made if there is none, instead of the one
   * it inherited.
   */
  public static void joinSession(String name) {
    try (Scratch scratch = new Scratch()) {
      long text = scratch.string(name).address();
      long result = Libc.syscall(SYS_KEYCTL, KEYCTL_JOIN_SESSION_KEYRING, text, 0, 0, 0, 0);
      Errno.check(result, "keyctl", "join " + name);
    }
  }
}
