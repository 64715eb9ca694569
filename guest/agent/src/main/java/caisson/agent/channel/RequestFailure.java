package caisson.agent.channel;

import caisson.guest.protocol.Outcome;

/** A request that cannot be carried out: what the host is told of it. */
public final class RequestFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final String message;

  public RequestFailure(Outcome outcome, String message) {
    this.outcome = outcome;
    this.message = message;
  }

  public Outcome outcome() {
    return outcome;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** It is an answer, not a fault: nothing pays for a stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
