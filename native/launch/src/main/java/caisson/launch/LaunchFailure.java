package caisson.launch;

import caisson.libc.ErrnoException;

/** A launch that did not come about: what was being done, on what, and why it failed. */
final class LaunchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LaunchFailure(String message) {
    super(message);
  }

  /** Does {@code work}; a refused system call becomes a failure that says what it was for. */
  static void during(String step, Runnable work) {
    try {
      work.run();
    } catch (ErrnoException e) {
      throw new LaunchFailure("cannot " + step + ": " + e.getMessage());
    }
  }
}
