package caisson.guest.protocol;

/**
 * Memory that streams share beyond the {@link Protocol#WINDOW} that each has for itself: the first
 * that need it may grow to a {@link Protocol#LARGE_WINDOW}.
 */
public final class WindowMemory {
  private static final int EXTRA = Protocol.LARGE_WINDOW - Protocol.WINDOW;

  private int left;

  /** Enough for so many large windows at once. */
  public WindowMemory(int windows) {
    left = windows * EXTRA;
  }

  /** None: no stream grows beyond its own. */
  static WindowMemory none() {
    return new WindowMemory(0);
  }

  boolean available() {
    return left >= EXTRA;
  }

  void take() {
    left -= EXTRA;
  }

  void give() {
    left += EXTRA;
  }
}
