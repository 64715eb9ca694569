package caisson.testkit;

import caisson.guest.protocol.Outcome;

/** What a fake guest answers instead of doing what was asked. */
public final class FakeRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final String text;

  public FakeRefusal(Outcome outcome, String text) {
    super(text);
    this.outcome = outcome;
    this.text = text;
  }

  Outcome outcome() {
    return outcome;
  }

  String text() {
    return text;
  }
}
