package caisson.agent.container;

import caisson.guest.protocol.Outcome;

/** A container or a process that cannot be made: how the request went, and a sentence about it. */
public final class ContainerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  /** {@code message} is what the host is told. */
  public ContainerFailure(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** It is told, never traced: nothing pays for a stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
