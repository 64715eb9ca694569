package caisson.launch.spec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Reads the primitives of the encoding and refuses what is not exactly right. */
final class SpecReader {
  private final byte[] bytes;
  private int position;

  SpecReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int u8() {
    Check.that(position < bytes.length, "the description ends at byte " + position);
    return bytes[position++] & 0xff;
  }

  boolean flag() {
    return choice("a flag", 2) == 1;
  }

  /** A byte below {@code count}. */
  int choice(String what, int count) {
    return Check.range(what, u8(), 0, count - 1);
  }

  /** What has the next byte as its place in {@code codes}. */
  <E> E choice(String what, List<E> codes) {
    return codes.get(choice(what, codes.size()));
  }

  int u16() {
    return u8() << 8 | u8();
  }

  int i32() {
    return u16() << 16 | u16();
  }

  long i64() {
    return (long) i32() << 32 | (i32() & 0xffffffffL);
  }

  String string() {
    int length = Check.range("the length of a string", u16(), 0, Check.MAX_STRING);
    Check.that(length <= bytes.length - position, "a string passes the description's end");
    byte[] encoded = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    String text = new String(encoded, StandardCharsets.UTF_8);
    boolean same = Arrays.equals(encoded, text.getBytes(StandardCharsets.UTF_8));
    Check.that(same, "a string before byte " + position + " is not UTF-8");
    return text;
  }

  <T> List<T> list(Function<SpecReader, T> read) {
    int count = Check.range("the length of a list", u16(), 0, Check.MAX_LIST);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(read.apply(this));
    }
    return values;
  }

  List<String> strings() {
    return list(SpecReader::string);
  }

  void end() {
    Check.that(position == bytes.length, "bytes follow the description's end at " + position);
  }
}
