package caisson.cli.stream;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.List;

/** The keys that, pressed one after the other, let go of a container. */
public final class DetachKeys {
  private static final String DEFAULT = "ctrl-p,ctrl-q";
  private static final String CONTROL = "@abcdefghijklmnopqrstuvwxyz[\\]^_";
  private static final int DELETE = 127;

  private final String text;
  private final byte[] keys;

  private DetachKeys(String text, byte[] keys) {
    this.text = text;
    this.keys = keys;
  }

  /** Reads {@code ctrl-p,ctrl-q} or {@code ctrl-x,x}; the empty text stands for the first. */
  public static DetachKeys parse(String text) {
    var names = List.of((text.isEmpty() ? DEFAULT : text).split(",", -1));
    byte[] keys = new byte[names.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) code(names.get(i), text);
    }
    return new DetachKeys(text, keys);
  }

  private static int code(String name, String whole) {
    if (name.length() == 1 && name.charAt(0) < 128) {
      return name.charAt(0);
    }
    if (name.equals("DEL")) {
      return DELETE;
    }
    int control = name.length() == 6 ? CONTROL.indexOf(name.charAt(5)) : -1;
    if (!name.startsWith("ctrl-") || control < 0) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "invalid detach keys (" + whole + "): Unknown character: '" + name + "'");
    }
    return control;
  }

  /** What was read: the daemon looks for the keys too, and has to look for the same ones. */
  public String text() {
    return text;
  }

  /** Begins to look for the keys. */
  DetachFilter filter() {
    return new DetachFilter(keys);
  }
}
