package caisson.guest.tar;

import java.util.Optional;

/**
 * Reads a tar archive member by member: ustar, pax, and GNU's long names. Whoever wrote it is not
 * trusted: every length is bounded, and what is not understood ends the reading.
 */
public final class TarReader {
  /** How many bytes the headers before one member may have. */
  static final int MAX_EXTENSIONS = 256 << 10;

  private final Source source;
  private final byte[] header = new byte[TarFormat.BLOCK];
  private long left;
  private int padding;

  /** Gives the archive's bytes. */
  public interface Source {
    /** Reads at least one byte, or 0 at the end. */
    int read(byte[] bytes, int offset, int length);
  }

  public TarReader(Source source) {
    this.source = source;
  }

  /**
   * The next member; what is left of the content of the one before is skipped.
   *
   * @throws TarException if it cannot be understood
   */
  public Optional<Member> next() {
    skipContent();
    Extensions extensions = new Extensions();
    while (readHeader()) {
      char type = (char) (header[TarFormat.TYPE] & 0xff);
      long size = number("size", TarFormat.SIZE, TarFormat.LONG_LENGTH);
      demand(size >= 0, "a member's size is negative");
      switch (type) {
        case TarFormat.PAX -> extensions.addRecords(extension(size));
        case TarFormat.GNU_NAME -> extensions.setName(extension(size));
        case TarFormat.GNU_LINK -> extensions.setLink(extension(size));
        case TarFormat.PAX_OF_ALL -> extension(size);
        default -> {
          return Optional.of(member(type, size, extensions));
        }
      }
    }
    return Optional.empty();
  }

  private Member member(char type, long size, Extensions extensions) {
    char kind = type == 0 || type == '7' ? Member.FILE : type;
    demand(kind >= Member.FILE && kind <= Member.FIFO, "a member's type is unknown: " + (int) type);
    String name = extensions.name().orElseGet(this::name);
    long length = kind == Member.FILE ? extensions.size().orElse(size) : size;
    char meant = kind == Member.FILE && name.endsWith("/") ? Member.DIRECTORY : kind;
    Member member =
        new Member(
            name,
            meant,
            (int) number("mode", TarFormat.MODE, TarFormat.ID_LENGTH) & 07777,
            (int) extensions.uid().orElseGet(() -> number("owner", TarFormat.UID, 8)).longValue(),
            (int) extensions.gid().orElseGet(() -> number("group", TarFormat.GID, 8)).longValue(),
            meant == Member.FILE ? length : 0,
            extensions
                .modified()
                .orElseGet(() -> number("time", TarFormat.MODIFIED, TarFormat.LONG_LENGTH)),
            extensions.link().orElseGet(() -> text(TarFormat.LINK, TarFormat.NAME_LENGTH)),
            deviceNumber(kind, TarFormat.MAJOR),
            deviceNumber(kind, TarFormat.MINOR),
            extensions.attributes());
    left = length;
    padding = TarFormat.padding(length);
    if (meant != Member.FILE) {
      skipContent();
    }
    return member;
  }

  private int deviceNumber(char kind, int offset) {
    boolean device = kind == Member.CHARACTER_DEVICE || kind == Member.BLOCK_DEVICE;
    return device ? (int) number("device", offset, TarFormat.ID_LENGTH) : 0;
  }

  private String name() {
    String name = text(TarFormat.NAME, TarFormat.NAME_LENGTH);
    // GNU's own format has times where ustar has the prefix.
    boolean posix = text(TarFormat.MAGIC, 6).equals("ustar");
    String prefix = posix ? text(TarFormat.PREFIX, TarFormat.PREFIX_LENGTH) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** Reads a piece of the content; 0 when there is no more of it. */
  public int content(byte[] buffer) {
    int most = (int) Math.min(left, buffer.length);
    if (most == 0) {
      return 0;
    }
    int length = source.read(buffer, 0, most);
    demand(length > 0, "the archive ends in the middle of a file");
    left -= length;
    return length;
  }

  private void skipContent() {
    byte[] buffer = new byte[8192];
    while (left > 0) {
      content(buffer);
    }
    readFully(new byte[padding]);
    padding = 0;
  }

  /** Two blocks of zeros end an archive, and so does its source. */
  private boolean readHeader() {
    int length = fill(header);
    if (length == 0 || isZero(header)) {
      return false;
    }
    demand(length == header.length, "the archive ends in the middle of a header");
    long sum = number("checksum", TarFormat.CHECKSUM, TarFormat.ID_LENGTH);
    demand(sum == TarFormat.checksum(header), "this is no tar archive: a checksum is wrong");
    return true;
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private byte[] extension(long size) {
    demand(size <= MAX_EXTENSIONS, "an extended header has " + size + " bytes");
    byte[] content = new byte[(int) size];
    readFully(content);
    readFully(new byte[TarFormat.padding(size)]);
    return content;
  }

  private void readFully(byte[] bytes) {
    demand(fill(bytes) == bytes.length, "the archive ends in the middle of a member");
  }

  private int fill(byte[] bytes) {
    int filled = 0;
    while (filled < bytes.length) {
      int length = source.read(bytes, filled, bytes.length - filled);
      if (length <= 0) {
        return filled;
      }
      filled += length;
    }
    return filled;
  }

  /** Octal digits, or a big-endian number behind a set top bit (GNU). */
  private long number(String what, int offset, int length) {
    if ((header[offset] & 0x80) != 0) {
      return binary(what, offset, length);
    }
    int at = offset;
    while (at < offset + length && (header[at] == ' ' || header[at] == 0)) {
      at++;
    }
    long number = 0;
    while (at < offset + length && header[at] >= '0' && header[at] <= '7') {
      number = number << 3 | header[at] - '0';
      at++;
    }
    boolean ended = at == offset + length || header[at] == ' ' || header[at] == 0;
    demand(ended, "a member's " + what + " is no number");
    return number;
  }

  /** Two's complement whose sign is the bit below the marker. */
  private long binary(String what, int offset, int length) {
    int lowBits = header[offset] & 0x7f;
    long number = lowBits >= 0x40 ? lowBits - 0x80 : lowBits;
    for (int i = 1; i < length; i++) {
      long next = (number << 8) | (header[offset + i] & 0xff);
      demand(next >> 8 == number, "a member's " + what + " is too large");
      number = next;
    }
    return number;
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return Extensions.text(header, offset, end - offset);
  }

  static void demand(boolean good, String otherwise) {
    if (!good) {
      throw new TarException(otherwise);
    }
  }
}
