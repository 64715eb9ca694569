package caisson.agent.archive;

import caisson.guest.protocol.Outcome;

/** Files that cannot be copied: how the request went, and a sentence about it. */
public final class ArchiveFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  ArchiveFailure(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }

  /** It is told, never traced: nothing pays for a stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
