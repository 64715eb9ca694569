package caisson.rootfs.tar;

import caisson.base.CaissonException;
import caisson.rootfs.tree.ByteString;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a tar archive as a stream: POSIX.1-1988 and pax, GNU's extensions, and version 7. Member by
 * member, {@link #next} and then, for a file with data, {@link #content}; what is not read is
 * skipped. Memory is bounded by {@link TarLimits} whatever the archive says. Anything malformed is
 * a {@link CaissonException} that says what and at which byte.
 *
 * <p>The first block of zeros ends the archive; what follows is read by {@link #drain} only. An
 * archive that ends without such a block, but between members, is taken as complete.
 */
public final class TarReader {
  private final TarInput input;
  private final TarLimits limits;
  private final PaxRecords global;
  private long unread;
  private long padding;
  private boolean ended;

  public TarReader(InputStream source) {
    this(source, TarLimits.DEFAULT);
  }

  public TarReader(InputStream source, TarLimits limits) {
    this.input = new TarInput(source);
    this.limits = limits;
    this.global = new PaxRecords(input, limits);
  }

  /** The next member, or empty at the end of the archive. */
  public Optional<TarEntry> next() {
    skipContent();
    var extensions = new EntryExtensions(input, limits);
    while (!ended) {
      byte[] block = new byte[TarInput.BLOCK];
      if (!input.readBlock(block) || isZero(block)) {
        ended = true;
        break;
      }
      var header = TarHeader.decode(block, input);
      switch (header.type()) {
        case 'x', 'X' -> extensions.records().add(extension(header));
        case 'g' -> global.add(extension(header));
        case 'L' -> extensions.name(untilNul(extension(header)));
        case 'K' -> extensions.linkName(untilNul(extension(header)));
        case 'V' -> expect(header.size());
        default -> {
          return Optional.of(member(header, extensions));
        }
      }
      skipContent();
    }
    return Optional.empty();
  }

  private TarEntry member(TarHeader header, EntryExtensions extensions) {
    var decoded = new EntryDecoder(input, limits, header, extensions, global).decode();
    expect(decoded.stored());
    return decoded.entry();
  }

  /** Hands the stored bytes of the current member to {@code sink}: without its holes. */
  public void content(ContentSink sink) {
    long count = unread;
    unread = 0;
    input.transfer(count, sink);
  }

  /** Reads what is left of the stream, for those who look at all of it. */
  public void drain() {
    skipContent();
    input.drain();
  }

  /** How many bytes of the archive have been read. */
  public long offset() {
    return input.offset();
  }

  /** An exception for a member that is well formed but cannot be accepted. */
  public CaissonException corrupt(String why) {
    return input.corrupt(why);
  }

  private void expect(long size) {
    unread = size;
    padding = -size & (TarInput.BLOCK - 1);
  }

  private void skipContent() {
    content((bytes, offset, length) -> {});
    long count = padding;
    padding = 0;
    input.transfer(count, (bytes, offset, length) -> {});
  }

  private ByteString extension(TarHeader header) {
    if (header.size() > limits.extension()) {
      throw input.corrupt(
          "an extended header has " + header.size() + " bytes, more than " + limits.extension());
    }
    byte[] data = new byte[(int) header.size()];
    input.readFully(data, data.length);
    expect(data.length);
    unread = 0;
    return ByteString.copyOf(data);
  }

  private static ByteString untilNul(ByteString text) {
    int nul = text.indexOf('\0', 0);
    return nul < 0 ? text : text.substring(0, nul);
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
