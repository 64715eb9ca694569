package caisson.guest.protocol;

/** CRC-32 as in IEEE 802.3 and zlib, in plain Java, because the agent has no java.util.zip. */
final class Crc32 {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int[] TABLE = table();

  private Crc32() {}

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      int value = i;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
      }
      table[i] = value;
    }
    return table;
  }

  static int of(byte[] bytes, int from, int count) {
    int value = -1;
    for (int i = from; i < from + count; i++) {
      value = (value >>> 8) ^ TABLE[(value ^ bytes[i]) & 0xff];
    }
    return ~value;
  }
}
