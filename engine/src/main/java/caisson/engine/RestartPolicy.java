package caisson.engine;

/**
 * Whether a container that has ended is started again, as Docker decides it.
 *
 * @param most how often {@link Kind#ON_FAILURE} starts it again without a success; 0 is no bound
 */
public record RestartPolicy(Kind kind, int most) {
  public static final RestartPolicy NEVER = new RestartPolicy(Kind.NO, 0);

  /** When a container is started again. */
  public enum Kind {
    NO,
    /** After an exit code other than zero. */
    ON_FAILURE,
    /** After every end but one that was asked for; with the daemon even then. */
    ALWAYS,
    /** After every end but one that was asked for, and not with the daemon either. */
    UNLESS_STOPPED
  }

  /**
   * Whether a container is started again after it has ended by itself.
   *
   * @param restarts how often in a row it was started again
   */
  public boolean afterEnd(int code, int restarts) {
    return switch (kind) {
      case NO -> false;
      case ON_FAILURE -> code != 0 && (most == 0 || restarts < most);
      case ALWAYS, UNLESS_STOPPED -> true;
    };
  }

  /**
   * Whether a container that has ended is started when the daemon starts.
   *
   * @param stopped whether somebody had stopped it
   */
  public boolean withDaemon(int code, int restarts, boolean stopped) {
    return stopped ? kind == Kind.ALWAYS : afterEnd(code, restarts);
  }
}
