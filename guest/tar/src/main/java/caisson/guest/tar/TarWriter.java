package caisson.guest.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a tar archive: ustar headers, with a pax header where something does not fit into one. */
public final class TarWriter {
  private static final long MAX_OCTAL_ID = 07777777;
  private static final long MAX_OCTAL_SIZE = 077777777777L;
  private static final byte[] ZEROS = new byte[2 * TarFormat.BLOCK];

  private final Sink sink;

  /** Takes the archive's bytes. */
  public interface Sink {
    void write(byte[] bytes, int offset, int length);
  }

  public TarWriter(Sink sink) {
    this.sink = sink;
  }

  /** Begins a member; its content follows by {@link #content}. */
  public void begin(Member member) {
    byte[] records = records(member);
    if (records.length > 0) {
      header("PaxHeaders", TarFormat.PAX, 0644, 0, 0, records.length, 0, "", 0, 0);
      sink.write(records, 0, records.length);
      pad(records.length);
    }
    boolean directory = member.type() == Member.DIRECTORY;
    header(
        directory ? member.name() + "/" : member.name(),
        member.type(),
        member.mode(),
        member.uid(),
        member.gid(),
        member.size(),
        member.modified(),
        member.link(),
        member.major(),
        member.minor());
  }

  /** A piece of the content. */
  public void content(byte[] bytes, int offset, int length) {
    sink.write(bytes, offset, length);
  }

  /** Ends a content of {@code size} bytes. */
  public void pad(long size) {
    sink.write(ZEROS, 0, TarFormat.padding(size));
  }

  /** Ends the archive. */
  public void end() {
    sink.write(ZEROS, 0, ZEROS.length);
  }

  private static byte[] records(Member member) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    boolean directory = member.type() == Member.DIRECTORY;
    String name = directory ? member.name() + "/" : member.name();
    addIfLong(records, "path", name);
    addIfLong(records, "linkpath", member.link());
    addIfLarge(records, "size", member.size(), MAX_OCTAL_SIZE);
    addIfLarge(records, "uid", member.uid() & 0xffffffffL, MAX_OCTAL_ID);
    addIfLarge(records, "gid", member.gid() & 0xffffffffL, MAX_OCTAL_ID);
    if (member.modified() < 0 || member.modified() > MAX_OCTAL_SIZE) {
      add(records, "mtime", bytes(String.valueOf(member.modified())));
    }
    for (Member.Attribute attribute : member.attributes()) {
      add(records, TarFormat.ATTRIBUTE + attribute.name(), attribute.value());
    }
    return records.toByteArray();
  }

  private static void addIfLong(ByteArrayOutputStream records, String key, String text) {
    byte[] value = bytes(text);
    if (value.length > TarFormat.NAME_LENGTH || !isAscii(value)) {
      add(records, key, value);
    }
  }

  private static boolean isAscii(byte[] text) {
    for (byte each : text) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  private static void addIfLarge(ByteArrayOutputStream records, String key, long value, long max) {
    if (value > max) {
      add(records, key, bytes(String.valueOf(value)));
    }
  }

  /** A record is its own length, a blank, the key, an equals sign, the value and a line feed. */
  private static void add(ByteArrayOutputStream records, String key, byte[] value) {
    byte[] name = bytes(key);
    int rest = name.length + value.length + 3;
    int length = rest + String.valueOf(rest).length();
    length = rest + String.valueOf(length).length();
    byte[] number = bytes(String.valueOf(length));
    records.write(number, 0, number.length);
    records.write(' ');
    records.write(name, 0, name.length);
    records.write('=');
    records.write(value, 0, value.length);
    records.write('\n');
  }

  private void header(
      String name,
      char type,
      int mode,
      int uid,
      int gid,
      long size,
      long modified,
      String link,
      int major,
      int minor) {
    byte[] header = new byte[TarFormat.BLOCK];
    text(header, TarFormat.NAME, name);
    octal(header, TarFormat.MODE, TarFormat.ID_LENGTH, mode);
    octal(header, TarFormat.UID, TarFormat.ID_LENGTH, uid & 0xffffffffL);
    octal(header, TarFormat.GID, TarFormat.ID_LENGTH, gid & 0xffffffffL);
    octal(header, TarFormat.SIZE, TarFormat.LONG_LENGTH, size);
    octal(header, TarFormat.MODIFIED, TarFormat.LONG_LENGTH, Math.max(0, modified));
    header[TarFormat.TYPE] = (byte) type;
    text(header, TarFormat.LINK, link);
    text(header, TarFormat.MAGIC, "ustar");
    header[TarFormat.MAGIC + 6] = '0';
    header[TarFormat.MAGIC + 7] = '0';
    octal(header, TarFormat.MAJOR, TarFormat.ID_LENGTH, major);
    octal(header, TarFormat.MINOR, TarFormat.ID_LENGTH, minor);
    octal(header, TarFormat.CHECKSUM, TarFormat.ID_LENGTH - 1, TarFormat.checksum(header));
    header[TarFormat.CHECKSUM + 7] = ' ';
    sink.write(header, 0, header.length);
  }

  /** As much of it as fits; what does not is in the pax header. */
  private static void text(byte[] header, int offset, String text) {
    byte[] bytes = bytes(text);
    System.arraycopy(bytes, 0, header, offset, Math.min(bytes.length, TarFormat.NAME_LENGTH));
  }

  /** Zero-filled digits and a zero byte; a number that is too large has all its digits zero. */
  private static void octal(byte[] header, int offset, int length, long number) {
    boolean fits = number < 1L << (3 * (length - 1));
    long left = fits ? number : 0;
    for (int i = length - 2; i >= 0; i--) {
      header[offset + i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
