package caisson.agent.container;

import caisson.guest.protocol.Outcome;
import caisson.libc.ErrnoException;

/** A container or a process that cannot be made: how the request went, and a sentence about it. */
public final class ContainerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  /** {@code message} is what the host is told. */
  public ContainerFailure(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  /** Something in the request that makes no sense or breaks a bound. */
  static ContainerFailure invalid(String message) {
    return new ContainerFailure(Outcome.INVALID, message);
  }

  /** Does {@code work}; a refused system call becomes a failure that says what it was for. */
  static void during(String step, Runnable work) {
    try {
      work.run();
    } catch (ErrnoException e) {
      throw new ContainerFailure(Outcome.REFUSED, "cannot " + step + ": " + e.getMessage());
    }
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
