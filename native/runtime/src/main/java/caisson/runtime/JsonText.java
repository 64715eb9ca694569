package caisson.runtime;

import java.util.List;

/**
 * The little of JSON (RFC 8259) that is written here, and the one field of an error that is read.
 */
final class JsonText {
  private static final String MESSAGE = "\"message\":\"";

  private JsonText() {}

  /** A string with its quotes. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        String hex = Integer.toHexString(c);
        out.append("\\u").append("0000", hex.length(), 4).append(hex);
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  static String array(List<String> texts) {
    StringBuilder out = new StringBuilder("[");
    for (String text : texts) {
      out.append(out.length() == 1 ? "" : ",").append(quoted(text));
    }
    return out.append(']').toString();
  }

  /** The message of an error as the daemon tells it; all of {@code json} if there is none. */
  static String message(String json) {
    int start = json.indexOf(MESSAGE);
    if (start < 0) {
      return json;
    }
    StringBuilder out = new StringBuilder();
    int at = start + MESSAGE.length();
    while (at < json.length() && json.charAt(at) != '"') {
      if (json.charAt(at) == '\\' && at + 1 < json.length()) {
        at = unescape(json, at + 1, out);
      } else {
        out.append(json.charAt(at++));
      }
    }
    return out.toString();
  }

  /** Reads what stands behind a backslash; answers where the next character is. */
  private static int unescape(String json, int at, StringBuilder out) {
    char c = json.charAt(at);
    switch (c) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'u' -> {
        if (at + 5 <= json.length()) {
          out.append(unicode(json.substring(at + 1, at + 5)));
          return at + 5;
        }
      }
      default -> out.append(c);
    }
    return at + 1;
  }

  /** The character of four hexadecimal digits; another that says so if they are none. */
  private static char unicode(String digits) {
    try {
      return (char) Integer.parseInt(digits, 16);
    } catch (NumberFormatException e) {
      return '\ufffd';
    }
  }
}
