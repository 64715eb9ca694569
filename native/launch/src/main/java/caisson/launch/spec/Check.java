package caisson.launch.spec;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bounds of what a description may hold. */
final class Check {
  static final int MAX_STRING = 8192;
  static final int MAX_LIST = 512;

  private static final int MAX_PATH = 4095;
  private static final int MAX_NAME = 32;
  private static final int MAX_FILE_NAME = 64;
  private static final int MAX_INTERFACE = 15;

  private Check() {}

  static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidSpecException(otherwise);
    }
  }

  /** Any text that a C string can hold. */
  static String text(String what, String text) {
    that(bytes(text) <= MAX_STRING, what + " is longer than " + MAX_STRING + " bytes");
    that(text.indexOf('\0') < 0, what + " holds a zero byte");
    return text;
  }

  /** An absolute path in its plain form: no empty, "." or ".." part, no slash at the end. */
  static String path(String what, String path) {
    text(what, path);
    that(bytes(path) <= MAX_PATH, what + " is longer than " + MAX_PATH + " bytes");
    that(path.startsWith("/") && path.length() > 1, what + " is not an absolute path: " + path);
    int start = 1;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      String part = path.substring(start, end < 0 ? path.length() : end);
      boolean plain = !part.isEmpty() && !part.equals(".") && !part.equals("..");
      that(plain, what + " is not a plain path: " + path);
      start = end < 0 ? path.length() + 1 : end + 1;
    }
    return path;
  }

  /** The name of a file in a directory that is known. */
  static String fileName(String what, String name) {
    text(what, name);
    boolean plain = name.indexOf('/') < 0 && !name.equals(".") && !name.equals("..");
    that(
        !name.isEmpty() && plain && bytes(name) <= MAX_FILE_NAME,
        what + " is no file name: " + name);
    return name;
  }

  /** A name for a placeholder: lower-case letters, digits and hyphens. */
  static String name(String what, String name) {
    boolean right = !name.isEmpty() && name.length() <= MAX_NAME;
    for (int i = 0; i < name.length() && right; i++) {
      char c = name.charAt(i);
      right = "abcdefghijklmnopqrstuvwxyz0123456789-".indexOf(c) >= 0;
    }
    that(right, what + " is not a name of lower-case letters, digits and hyphens: " + name);
    return name;
  }

  /** A {@link #name} that fits into IFNAMSIZ with the zero byte at its end. */
  static String interfaceName(String what, String name) {
    that(name.length() <= MAX_INTERFACE, what + " is no interface's name: " + name);
    return name(what, name);
  }

  static int range(String what, int value, int least, int most) {
    that(value >= least && value <= most, what + " is " + value + ", not " + least + " to " + most);
    return value;
  }

  static <T> List<T> list(String what, List<T> list) {
    that(list.size() <= MAX_LIST, what + " has more than " + MAX_LIST + " elements");
    return List.copyOf(list);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
