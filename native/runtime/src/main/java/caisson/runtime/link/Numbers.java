package caisson.runtime.link;

/** Big-endian numbers in bytes. */
final class Numbers {
  private Numbers() {}

  static void putInt(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  static int getInt(byte[] bytes, int at) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (bytes[at + i] & 0xff);
    }
    return value;
  }

  static void putLong(byte[] bytes, int at, long value) {
    putInt(bytes, at, (int) (value >>> 32));
    putInt(bytes, at + 4, (int) value);
  }

  static long getLong(byte[] bytes, int at) {
    return ((long) getInt(bytes, at) << 32) | (getInt(bytes, at + 4) & 0xffffffffL);
  }
}
