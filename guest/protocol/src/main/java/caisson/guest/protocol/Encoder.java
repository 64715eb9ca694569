package caisson.guest.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes values to a growing buffer, big-endian; strings are UTF-8 behind their length. */
public final class Encoder {
  private byte[] buffer = new byte[256];
  private int length;

  public Encoder u8(int value) {
    room(1);
    buffer[length++] = (byte) value;
    return this;
  }

  public Encoder flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  public Encoder u16(int value) {
    return u8(value >> 8).u8(value);
  }

  public Encoder i32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >> shift);
    }
    return this;
  }

  public Encoder i64(long value) {
    return i32((int) (value >> 32)).i32((int) value);
  }

  /** Bytes behind their number. */
  public Encoder bytes(byte[] value) {
    return i32(value.length).raw(value, 0, value.length);
  }

  /** Bytes without their number. */
  public Encoder raw(byte[] value, int from, int count) {
    room(count);
    System.arraycopy(value, from, buffer, length, count);
    length += count;
    return this;
  }

  public Encoder string(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public Encoder strings(List<String> values) {
    return list(values, (element, out) -> out.string(element));
  }

  /** Elements behind their number. */
  public <T> Encoder list(List<T> values, Element<T> element) {
    u16(values.size());
    for (T value : values) {
      element.write(value, this);
    }
    return this;
  }

  /** How an element of a list is written. */
  public interface Element<T> {
    void write(T value, Encoder out);
  }

  /** What was written. */
  public byte[] toBytes() {
    return copy(length);
  }

  /** Forgets what was written and keeps the memory. */
  public Encoder reset() {
    length = 0;
    return this;
  }

  /** What was written, up to {@link #length}; the next write may replace it. */
  public byte[] buffer() {
    return buffer;
  }

  public int length() {
    return length;
  }

  /** Writes a number over what stands at {@code offset}. */
  void i32At(int offset, int value) {
    for (int i = 0; i < 4; i++) {
      buffer[offset + i] = (byte) (value >> (24 - 8 * i));
    }
  }

  private void room(int more) {
    if (length + more > buffer.length) {
      buffer = copy(Math.max(buffer.length * 2, length + more));
    }
  }

  /** TeaVM's Arrays.copyOf goes byte by byte; this is one memcpy. */
  private byte[] copy(int size) {
    byte[] copy = new byte[size];
    System.arraycopy(buffer, 0, copy, 0, length);
    return copy;
  }
}
