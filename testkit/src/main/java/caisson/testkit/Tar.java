package caisson.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes tar archives in memory, member by member, honest ones and others: nothing that it is told
 * is checked. Headers are POSIX.1-1988; what does not fit them goes into pax records. Names are
 * bytes in an archive: here they are strings with one char (up to U+00FF) for each byte.
 */
public final class Tar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * A header's fields, as they are written.
   *
   * @param name may be longer than a header holds; a pax record takes it then
   * @param type the type flag, such as {@code '0'} for a file
   * @param mtime seconds since 1970
   * @param size of the content that follows, as the header says it
   * @param pax records of an extended header before this one, without the lengths
   */
  public record Header(
      String name,
      char type,
      int mode,
      long uid,
      long gid,
      long mtime,
      long size,
      String linkName,
      int major,
      int minor,
      Map<String, byte[]> pax) {
    /** A header that belongs to root and has the mode 0644. */
    public static Header of(String name, char type) {
      return new Header(name, type, 0644, 0, 0, 0, 0, "", 0, 0, Map.of());
    }

    public Header withMode(int newMode) {
      return new Header(name, type, newMode, uid, gid, mtime, size, linkName, major, minor, pax);
    }

    public Header withOwner(long newUid, long newGid) {
      return new Header(name, type, mode, newUid, newGid, mtime, size, linkName, major, minor, pax);
    }

    public Header withModified(long seconds) {
      return new Header(name, type, mode, uid, gid, seconds, size, linkName, major, minor, pax);
    }

    public Header withSize(long newSize) {
      return new Header(name, type, mode, uid, gid, mtime, newSize, linkName, major, minor, pax);
    }

    public Header withLink(String target) {
      return new Header(name, type, mode, uid, gid, mtime, size, target, major, minor, pax);
    }

    public Header withDevice(int newMajor, int newMinor) {
      return new Header(name, type, mode, uid, gid, mtime, size, linkName, newMajor, newMinor, pax);
    }

    public Header withPax(String key, byte[] value) {
      var more = new LinkedHashMap<>(pax);
      more.put(key, value);
      return new Header(name, type, mode, uid, gid, mtime, size, linkName, major, minor, more);
    }

    public Header withPax(String key, String value) {
      return withPax(key, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A regular file of mode 0644. */
  public Tar file(String name, byte[] content) {
    return member(Header.of(name, '0'), content);
  }

  /** A regular file of mode 0644 with UTF-8 text. */
  public Tar file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A directory. */
  public Tar directory(String name, int mode) {
    return member(Header.of(name, '5').withMode(mode));
  }

  public Tar symlink(String name, String target) {
    return member(Header.of(name, '2').withMode(0777).withLink(target));
  }

  public Tar hardLink(String name, String target) {
    return member(Header.of(name, '1').withLink(target));
  }

  /** A member without content. */
  public Tar member(Header header) {
    return member(header, new byte[0]);
  }

  /** A member whose header says the size of {@code content}. */
  public Tar member(Header header, byte[] content) {
    return raw(header.withSize(content.length), content);
  }

  /** A header, just as it is, and {@code content}, filled up to a whole block. */
  public Tar raw(Header header, byte[] content) {
    var pax = new LinkedHashMap<>(header.pax());
    byte[] name = bytes(header.name());
    if (name.length > 100) {
      pax.putIfAbsent("path", name);
    }
    byte[] link = bytes(header.linkName());
    if (link.length > 100) {
      pax.putIfAbsent("linkpath", link);
    }
    if (!pax.isEmpty()) {
      byte[] records = records(pax);
      block(encode(Header.of("pax", 'x').withSize(records.length)));
      padded(records);
    }
    block(encode(header));
    padded(content);
    return this;
  }

  /** Bytes that are no member. */
  public Tar bytes(byte[] raw) {
    out.writeBytes(raw);
    return this;
  }

  /** The archive with the two blocks of zeros that end it. */
  public byte[] end() {
    out.writeBytes(new byte[2 * BLOCK]);
    return out.toByteArray();
  }

  /** The archive so far. */
  public byte[] unended() {
    return out.toByteArray();
  }

  private void block(byte[] block) {
    out.writeBytes(block);
  }

  private void padded(byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[-content.length & (BLOCK - 1)]);
  }

  /** The block of {@code header}, with a right checksum. */
  public static byte[] encode(Header header) {
    byte[] block = new byte[BLOCK];
    text(block, 0, 100, header.name());
    number(block, 100, 8, header.mode());
    number(block, 108, 8, header.uid());
    number(block, 116, 8, header.gid());
    number(block, 124, 12, header.size());
    number(block, 136, 12, header.mtime());
    block[156] = (byte) header.type();
    text(block, 157, 100, header.linkName());
    text(block, 257, 6, "ustar");
    text(block, 263, 2, "00");
    number(block, 329, 8, header.major());
    number(block, 337, 8, header.minor());
    return checksummed(block);
  }

  /** {@code block} with the checksum that its other bytes need. */
  public static byte[] checksummed(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    number(block, 148, 7, sum);
    return block;
  }

  private static void text(byte[] block, int at, int length, String text) {
    byte[] bytes = bytes(text);
    System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
  }

  /** Octal digits and a NUL, or GNU's binary form where they do not suffice. */
  private static void number(byte[] block, int at, int length, long value) {
    String octal = Long.toOctalString(value);
    if (value >= 0 && octal.length() < length) {
      text(block, at, length, "0".repeat(length - 1 - octal.length()) + octal);
      return;
    }
    for (int i = 0; i < length; i++) {
      int shift = 8 * (length - 1 - i);
      block[at + i] = (byte) (shift < Long.SIZE ? value >> shift : value >> (Long.SIZE - 1));
    }
    block[at] = (byte) ((block[at] & 0x7f) | 0x80);
  }

  private static byte[] records(Map<String, byte[]> pax) {
    var records = new ByteArrayOutputStream();
    pax.forEach((key, value) -> {
      int rest = bytes(key).length + value.length + 3;
      int length = rest + 1;
      while (length != rest + Integer.toString(length).length()) {
        length = rest + Integer.toString(length).length();
      }
      records.writeBytes(bytes(length + " " + key + "="));
      records.writeBytes(value);
      records.write('\n');
    });
    return records.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
