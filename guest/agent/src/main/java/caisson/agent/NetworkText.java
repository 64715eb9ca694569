package caisson.agent;

import caisson.agent.channel.RequestFailure;
import caisson.guest.protocol.Outcome;

/** Addresses as the host writes them. */
final class NetworkText {
  /** Each letter comes twice, {@link #LETTERS} apart. */
  private static final String DIGITS = "0123456789abcdef0123456789ABCDEF";

  private static final int LETTERS = 16;
  private static final int IPV6 = 16;

  private NetworkText() {}

  /** An address and the length of its network's prefix. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Subnet(byte[] address, int prefix) {}

  /** Four decimal numbers with dots. */
  static byte[] address(String text) {
    return numbers(text, '.', 4, 10);
  }

  /** An address, a slash and 0 to 32. */
  static Subnet subnet(String text) {
    int slash = slash(text);
    int prefix = number(text, text.substring(slash + 1), 10, 32);
    return new Subnet(address(text.substring(0, slash)), prefix);
  }

  /** An IPv6 address, a slash and 0 to 128. */
  static Subnet subnet6(String text) {
    int slash = slash(text);
    int prefix = number(text, text.substring(slash + 1), 10, 128);
    return new Subnet(address6(text.substring(0, slash)), prefix);
  }

  private static int slash(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw malformed(text);
    }
    return slash;
  }

  static boolean isIpv6(String text) {
    return text.indexOf(':') >= 0;
  }

  /** Eight hexadecimal numbers with colons, of which two colons may stand for zeros (RFC 4291). */
  static byte[] address6(String text) {
    byte[] address = new byte[IPV6];
    int gap = text.indexOf("::");
    if (gap < 0) {
      if (groups(text, text, address, 0) != IPV6) {
        throw malformed(text);
      }
      return address;
    }
    int front = groups(text, text.substring(0, gap), address, 0);
    byte[] back = new byte[IPV6];
    int length = groups(text, text.substring(gap + 2), back, 0);
    if (front + length >= IPV6) {
      throw malformed(text);
    }
    System.arraycopy(back, 0, address, IPV6 - length, length);
    return address;
  }

  /** Reads numbers of two bytes to {@code start}; answers where they end. */
  private static int groups(String whole, String text, byte[] address, int start) {
    int position = start;
    int from = 0;
    while (from < text.length()) {
      int colon = text.indexOf(':', from);
      int end = colon < 0 ? text.length() : colon;
      boolean lastIsEmpty = colon == text.length() - 1;
      if (position == IPV6 || lastIsEmpty) {
        throw malformed(whole);
      }
      int value = number(whole, text.substring(from, end), 16, 0xffff);
      address[position++] = (byte) (value >> 8);
      address[position++] = (byte) value;
      from = end + 1;
    }
    return position;
  }

  /** Six hexadecimal numbers with colons. */
  static byte[] mac(String text) {
    return numbers(text, ':', 6, 16);
  }

  private static byte[] numbers(String text, char separator, int count, int radix) {
    byte[] values = new byte[count];
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = i == count - 1 ? text.length() : text.indexOf(separator, start);
      if (end < start) {
        throw malformed(text);
      }
      values[i] = (byte) number(text, text.substring(start, end), radix, 255);
      start = end + 1;
    }
    return values;
  }

  private static int number(String whole, String digits, int radix, int limit) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = DIGITS.indexOf(digits.charAt(i)) % LETTERS;
      value = digit < 0 || digit >= radix ? limit + 1 : value * radix + digit;
      if (value > limit) {
        throw malformed(whole);
      }
    }
    if (digits.isEmpty()) {
      throw malformed(whole);
    }
    return value;
  }

  private static RequestFailure malformed(String text) {
    return new RequestFailure(Outcome.INVALID, "'" + text + "' is no address of that kind");
  }
}
