package caisson.guest.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what an {@link Encoder} wrote, and trusts none of it. */
public final class Decoder {
  private static final int MAX_ELEMENTS = 4096;

  private final byte[] buffer;
  private final int end;
  private int position;

  public Decoder(byte[] buffer, int from, int count) {
    this.buffer = buffer;
    this.position = from;
    this.end = from + count;
  }

  public int u8() {
    need(1);
    return buffer[position++] & 0xff;
  }

  public boolean flag() {
    int value = u8();
    if (value > 1) {
      throw new ProtocolException("a flag is 0 or 1, not " + value);
    }
    return value == 1;
  }

  public int u16() {
    return (u8() << 8) | u8();
  }

  public int i32() {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = (value << 8) | (buffer[position++] & 0xff);
    }
    return value;
  }

  public long i64() {
    return ((long) i32() << 32) | (i32() & 0xffffffffL);
  }

  /** An offset or a size: never negative. */
  public long size() {
    long value = i64();
    if (value < 0) {
      throw new ProtocolException("a size is not negative: " + value);
    }
    return value;
  }

  public byte[] bytes() {
    int count = i32();
    need(count);
    byte[] value = new byte[count];
    System.arraycopy(buffer, position, value, 0, count);
    position += count;
    return value;
  }

  public String string() {
    int count = i32();
    need(count);
    String value = new String(buffer, position, count, StandardCharsets.UTF_8);
    position += count;
    return value;
  }

  public List<String> strings() {
    return list(Decoder::string);
  }

  /** A list whose elements {@code element} reads. */
  public <T> List<T> list(Element<T> element) {
    int count = u16();
    if (count > MAX_ELEMENTS) {
      throw new ProtocolException("a list has at most " + MAX_ELEMENTS + " elements, not " + count);
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(element.read(this));
    }
    return values;
  }

  /** How an element of a list is read. */
  public interface Element<T> {
    T read(Decoder in);
  }

  /** The bytes that are left, skipped. */
  public int skipRest() {
    int rest = end - position;
    position = end;
    return rest;
  }

  /** Where the next byte comes from. */
  public int position() {
    return position;
  }

  /** Refuses what is left over. */
  public void finish() {
    if (position != end) {
      throw new ProtocolException((end - position) + " bytes too many");
    }
  }

  private void need(int count) {
    if (count < 0 || count > end - position) {
      throw new ProtocolException(count + " bytes announced, " + (end - position) + " there");
    }
  }
}
