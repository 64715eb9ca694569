package caisson.engine;

/** What a wait waits for. */
public enum WaitCondition {
  /** The container does not run: at once if it does not run now. */
  NOT_RUNNING,
  /** The next exit, even if the container does not run now. */
  NEXT_EXIT,
  /** The container is gone. */
  REMOVED
}
