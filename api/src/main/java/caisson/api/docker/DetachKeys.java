package caisson.api.docker;

import caisson.api.http.BadRequest;
import caisson.base.CaissonException;
import java.util.Arrays;

/** The keys by which a client lets go of a terminal while the process goes on. */
public final class DetachKeys {
  private static final String CONTROL = "ctrl-";
  private static final String CONTROL_KEYS = "@abcdefghijklmnopqrstuvwxyz[\\]^_";
  private static final String DELETE = "DEL";
  private static final String DEFAULT = "ctrl-p,ctrl-q";

  private final byte[] sequence;
  private int matched;
  private boolean detached;

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  /** Reads {@code ctrl-p,ctrl-q} or {@code a,b}; "" is the default. */
  public static DetachKeys parse(String text) {
    var keys = (text.isEmpty() ? DEFAULT : text).split(",", -1);
    byte[] sequence = new byte[keys.length];
    for (int i = 0; i < keys.length; i++) {
      sequence[i] = key(keys[i], text);
    }
    return new DetachKeys(sequence);
  }

  private static byte key(String key, String text) {
    if (key.length() == 1 && key.charAt(0) < 0x80) {
      return (byte) key.charAt(0);
    }
    if (key.equals(DELETE)) {
      return 0x7f;
    }
    int code =
        key.startsWith(CONTROL) && key.length() == CONTROL.length() + 1
            ? CONTROL_KEYS.indexOf(key.charAt(CONTROL.length()))
            : -1;
    if (code < 0) {
      throw invalid(text);
    }
    return (byte) code;
  }

  private static CaissonException invalid(String text) {
    return BadRequest.of(
        "invalid detach keys \""
            + text
            + "\": write single characters, DEL, or ctrl- and one of a-z@[\\]^_,"
            + " with commas between");
  }

  /**
   * Takes what the user typed and gives back what the process gets: keys that may yet turn out to
   * be the sequence are held back.
   */
  public byte[] filter(byte[] typed, int length) {
    byte[] passed = new byte[matched + length];
    int count = 0;
    for (int i = 0; i < length && !detached; i++) {
      while (matched > 0 && typed[i] != sequence[matched]) {
        int kept = border(matched);
        System.arraycopy(sequence, 0, passed, count, matched - kept);
        count += matched - kept;
        matched = kept;
      }
      if (typed[i] == sequence[matched]) {
        matched++;
        detached = matched == sequence.length;
      } else {
        passed[count++] = typed[i];
      }
    }
    return Arrays.copyOf(passed, count);
  }

  /** How much of the end of the first {@code length} keys is the beginning of the sequence. */
  private int border(int length) {
    for (int size = length - 1; size > 0; size--) {
      if (Arrays.equals(sequence, 0, size, sequence, length - size, length)) {
        return size;
      }
    }
    return 0;
  }

  /** Whether the sequence has been typed. */
  public boolean detached() {
    return detached;
  }
}
