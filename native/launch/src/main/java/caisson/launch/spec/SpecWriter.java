package caisson.launch.spec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes the primitives of the encoding. */
final class SpecWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void u8(int value) {
    bytes.write(value);
  }

  /** Writes the place of {@code value} in {@code codes}. */
  <E> void choice(List<E> codes, E value) {
    u8(codes.indexOf(value));
  }

  void flag(boolean value) {
    u8(value ? 1 : 0);
  }

  void u16(int value) {
    u8(value >>> 8);
    u8(value);
  }

  void i32(int value) {
    u16(value >>> 16);
    u16(value);
  }

  void i64(long value) {
    i32((int) (value >>> 32));
    i32((int) value);
  }

  void string(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    u16(text.length);
    bytes.write(text, 0, text.length);
  }

  <T> void list(List<T> values, BiConsumer<SpecWriter, T> write) {
    u16(values.size());
    for (T value : values) {
      write.accept(this, value);
    }
  }

  void strings(List<String> values) {
    list(values, SpecWriter::string);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
