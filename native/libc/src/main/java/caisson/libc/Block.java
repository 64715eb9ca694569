package caisson.libc;

import java.nio.charset.StandardCharsets;
import org.teavm.interop.Address;

/**
 * A zeroed block on the C heap: its address stays, whatever the collector does, until {@link
 * #close} frees it. Offsets are bytes, values have the machine's byte order (little-endian), and
 * every access is checked against the size.
 */
public final class Block implements AutoCloseable {
  private final int size;
  private long address;

  private Block(long address, int size) {
    this.address = address;
    this.size = size;
  }

  /** A new block of {@code size} zero bytes. */
  public static Block allocate(int size) {
    Address address = Libc.malloc(Math.max(size, 1));
    if (address.toLong() == 0) {
      throw new ErrnoException("malloc", size + " bytes", Errno.ENOMEM);
    }
    Libc.memset(address, 0, size);
    return new Block(address.toLong(), size);
  }

  /** A copy of {@code bytes}. */
  public static Block of(byte[] bytes) {
    Block block = allocate(bytes.length);
    block.put(0, bytes, 0, bytes.length);
    return block;
  }

  /**
   * {@code text} in UTF-8 with a final zero byte.
   *
   * @throws ErrnoException (EINVAL) when the text holds a zero itself
   */
  public static Block ofString(String text) {
    byte[] bytes = utf8(text);
    for (byte each : bytes) {
      if (each == 0) {
        throw new ErrnoException("string", "with a zero byte", Errno.EINVAL);
      }
    }
    Block block = allocate(bytes.length + 1);
    block.put(0, bytes, 0, bytes.length);
    return block;
  }

  /**
   * Most texts are ASCII, for which TeaVM's encoder makes a hundred times their size in garbage.
   */
  private static byte[] utf8(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      if (text.charAt(i) > 0x7f) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  public int size() {
    return size;
  }

  /** Where the block is. */
  public long address() {
    return at(0, 0).toLong();
  }

  public byte getByte(int offset) {
    return at(offset, 1).getByte();
  }

  public short getShort(int offset) {
    return at(offset, 2).getShort();
  }

  public int getInt(int offset) {
    return at(offset, 4).getInt();
  }

  public long getLong(int offset) {
    return at(offset, 8).getLong();
  }

  public Block putByte(int offset, int value) {
    at(offset, 1).putByte((byte) value);
    return this;
  }

  public Block putShort(int offset, int value) {
    at(offset, 2).putShort((short) value);
    return this;
  }

  public Block putInt(int offset, int value) {
    at(offset, 4).putInt(value);
    return this;
  }

  public Block putLong(int offset, long value) {
    at(offset, 8).putLong(value);
    return this;
  }

  /** Copies {@code length} bytes of {@code from}, beginning at {@code start}, to {@code offset}. */
  public Block put(int offset, byte[] from, int start, int length) {
    checkRange(start, length, from.length);
    if (length > 0) {
      Libc.memcpy(at(offset, length), Address.ofData(from).add(start), length);
    }
    return this;
  }

  /** Copies {@code length} bytes at {@code offset} into {@code to}, beginning at {@code start}. */
  public void get(int offset, byte[] to, int start, int length) {
    checkRange(start, length, to.length);
    if (length > 0) {
      Libc.memcpy(Address.ofData(to).add(start), at(offset, length), length);
    }
  }

  /** The bytes from {@code offset} on. */
  public byte[] bytes(int offset, int length) {
    byte[] copy = new byte[length];
    get(offset, copy, 0, length);
    return copy;
  }

  Address pointer() {
    return at(0, 0);
  }

  private Address at(int offset, int length) {
    if (address == 0) {
      throw new IllegalStateException("the block has been freed");
    }
    checkRange(offset, length, size);
    return Address.fromLong(address + offset);
  }

  static void checkRange(int start, int length, int size) {
    if (start < 0 || length < 0 || start > size - length) {
      throw new IndexOutOfBoundsException(length + " bytes at " + start + " of " + size);
    }
  }

  /** Frees the block; a second call does nothing. */
  @Override
  public void close() {
    if (address != 0) {
      Libc.free(Address.fromLong(address));
      address = 0;
    }
  }
}
