package caisson.agent.channel;

/** Where sending has stopped. */
public enum Progress {
  /** There is nothing to send. */
  IDLE,
  /** The port takes no more now. */
  BLOCKED,
  /** There is more, but it was time for others. */
  MORE
}
