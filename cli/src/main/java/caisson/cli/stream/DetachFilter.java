package caisson.cli.stream;

import java.io.ByteArrayOutputStream;

/**
 * Passes on what a user types, but holds back the beginning of the detach keys until it is clear
 * whether the rest follows (Knuth, Morris and Pratt's way of looking for a word).
 */
final class DetachFilter {
  private final byte[] keys;

  /** By how many keys have matched: how many still match when the next one does not. */
  private final int[] fallback;

  private int matched;

  DetachFilter(byte[] keys) {
    this.keys = keys;
    this.fallback = new int[keys.length + 1];
    for (int i = 1, border = 0; i < keys.length; i++) {
      while (border > 0 && keys[i] != keys[border]) {
        border = fallback[border];
      }
      border += keys[i] == keys[border] ? 1 : 0;
      fallback[i + 1] = border;
    }
  }

  /** What to pass on after {@code typed}. */
  byte[] pass(byte[] typed, int length) {
    var passed = new ByteArrayOutputStream(length + keys.length);
    for (int i = 0; i < length && !complete(); i++) {
      while (matched > 0 && typed[i] != keys[matched]) {
        passed.write(keys, 0, matched - fallback[matched]);
        matched = fallback[matched];
      }
      if (typed[i] == keys[matched]) {
        matched++;
      } else {
        passed.write(typed[i]);
      }
    }
    return passed.toByteArray();
  }

  /** Whether all keys have been pressed. */
  boolean complete() {
    return matched == keys.length;
  }

  /** What was held back, when nothing more is typed. */
  byte[] rest() {
    return java.util.Arrays.copyOf(keys, complete() ? 0 : matched);
  }
}
