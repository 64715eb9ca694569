package caisson.fuzz;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.Set;

/** The ways in which a parser may say no. */
public final class Refusals {
  private Refusals() {}

  /** Anything that is done to an input. */
  @FunctionalInterface
  public interface Reading {
    /** Reads it, and demands what must be true then. */
    void run() throws Exception;
  }

  /** Runs {@code reading}, which may refuse with one of these codes and in no other way. */
  public static void allow(Set<ErrorCode> codes, Reading reading) throws Exception {
    try {
      reading.run();
    } catch (CaissonException e) {
      if (!codes.contains(e.code())) {
        throw e;
      }
    }
  }

  /** Fails unless {@code holds}. */
  public static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
