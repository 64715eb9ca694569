package caisson.rootfs.tree;

import com.google.errorprone.annotations.Immutable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable run of bytes: a file name, a link target, an attribute's value. Names in Linux are
 * bytes without an encoding, so they are never turned into strings except to be shown.
 */
@Immutable
public final class ByteString implements Comparable<ByteString> {
  public static final ByteString EMPTY = new ByteString(new byte[0]);

  private static final int LONGEST_SHOWN = 120;

  @SuppressWarnings("Immutable") // never changed and never handed out
  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code length} bytes of {@code source} from {@code offset}. */
  public static ByteString copyOf(byte[] source, int offset, int length) {
    return length == 0
        ? EMPTY
        : new ByteString(Arrays.copyOfRange(source, offset, offset + length));
  }

  public static ByteString copyOf(byte[] source) {
    return copyOf(source, 0, source.length);
  }

  /** The UTF-8 form of {@code text}. */
  public static ByteString of(String text) {
    return new ByteString(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  public byte at(int index) {
    return bytes[index];
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public ByteString substring(int from, int to) {
    return from == 0 && to == bytes.length ? this : copyOf(bytes, from, to - from);
  }

  public ByteString substring(int from) {
    return substring(from, bytes.length);
  }

  /** This, {@code separator} and {@code other} in a row. */
  public ByteString concat(char separator, ByteString other) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + other.bytes.length);
    joined[bytes.length] = (byte) separator;
    other.copyTo(joined, bytes.length + 1);
    return new ByteString(joined);
  }

  /** The index of the first {@code value} at or after {@code from}, or -1. */
  public int indexOf(char value, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == (byte) value) {
        return i;
      }
    }
    return -1;
  }

  public boolean startsWith(ByteString prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  public boolean endsWith(char last) {
    return bytes.length > 0 && bytes[bytes.length - 1] == (byte) last;
  }

  /** Copies all bytes to {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /** Unsigned byte order, which is the order of names inside an EROFS directory. */
  @Override
  public int compareTo(ByteString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Printable form for messages: everything but visible ASCII is escaped, long values are cut. */
  @Override
  public String toString() {
    var shown = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, LONGEST_SHOWN); i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c >= ' ' && c < 0x7f && c != '\\') {
        shown.append(c);
      } else {
        shown.append(String.format("\\%03o", (int) c));
      }
    }
    return bytes.length > LONGEST_SHOWN ? shown + "…" : shown.toString();
  }
}
