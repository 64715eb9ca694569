package caisson.runtime;

import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, section 2.1). */
final class Escapes {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private Escapes() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (PLAIN.indexOf(c) >= 0) {
        out.append((char) c);
      } else {
        out.append('%').append("0123456789ABCDEF".charAt(c >> 4));
        out.append("0123456789ABCDEF".charAt(c & 15));
      }
    }
    return out.toString();
  }
}
