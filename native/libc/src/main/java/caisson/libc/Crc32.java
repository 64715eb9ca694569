package caisson.libc;

import org.teavm.interop.Address;
import org.teavm.interop.Unmanaged;

/**
 * CRC-32 as in IEEE 802.3 and zlib, four bytes at a time and on addresses: an access to an array
 * costs TeaVM a check, and twenty instructions around it.
 */
public final class Crc32 {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int TABLES = 4;
  private static final int TABLE_SIZE = 1024;
  private static final Block BLOCK = tables();

  private Crc32() {}

  /** Table n says what a byte does to the check of what follows it by n bytes. */
  private static Block tables() {
    Block block = Block.allocate(TABLES * TABLE_SIZE);
    for (int i = 0; i < 256; i++) {
      int value = i;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) != 0 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
      }
      block.putInt(4 * i, value);
    }
    for (int at = TABLE_SIZE; at < TABLES * TABLE_SIZE; at += 4) {
      int before = block.getInt(at - TABLE_SIZE);
      block.putInt(at, (before >>> 8) ^ block.getInt(4 * (before & 0xff)));
    }
    return block;
  }

  /** The check of {@code count} bytes from {@code from} on. */
  public static int of(byte[] bytes, int from, int count) {
    Block.checkRange(from, count, bytes.length);
    return ~update(BLOCK.pointer(), Address.ofData(bytes).add(from), count);
  }

  @Unmanaged
  private static int update(Address tables, Address bytes, int count) {
    int value = -1;
    int at = 0;
    for (; at + 4 <= count; at += 4) {
      value ^= bytes.add(at).getInt();
      value =
          tables.add(3 * TABLE_SIZE + 4 * (value & 0xff)).getInt()
              ^ tables.add(2 * TABLE_SIZE + 4 * ((value >>> 8) & 0xff)).getInt()
              ^ tables.add(TABLE_SIZE + 4 * ((value >>> 16) & 0xff)).getInt()
              ^ tables.add(4 * (value >>> 24)).getInt();
    }
    for (; at < count; at++) {
      value = (value >>> 8) ^ tables.add(4 * ((value ^ bytes.add(at).getByte()) & 0xff)).getInt();
    }
    return value;
  }
}
