package caisson.guest.protocol;

/** How a request went. */
public enum Outcome {
  OK(0),
  /** The request makes no sense or breaks a bound. */
  INVALID(1),
  /** No such container or process. */
  NOT_FOUND(2),
  /** There is one already, or it is in another state. */
  CONFLICT(3),
  /** One of the agent's bounds is reached. */
  LIMIT(4),
  /** The command is not in the container. */
  COMMAND_NOT_FOUND(5),
  /** The command cannot be executed. */
  COMMAND_NOT_EXECUTABLE(6),
  /** The guest's kernel refused. */
  REFUSED(7);

  private final int number;

  Outcome(int number) {
    this.number = number;
  }

  /** Its number on the wire. */
  public int number() {
    return number;
  }

  /** The outcome with that number on the wire. */
  public static Outcome of(int number) {
    for (Outcome outcome : values()) {
      if (outcome.number == number) {
        return outcome;
      }
    }
    throw new ProtocolException("there is no outcome " + number);
  }
}
