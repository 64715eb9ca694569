package caisson.rootfs.tar;

import caisson.rootfs.tree.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the maps of sparse files: GNU's old format with its extension blocks, and the pax formats
 * 0.0 (pairs of records), 0.1 (one record) and 1.0 (lines before the data). Described in GNU tar's
 * manual, "Sparse Formats".
 */
final class SparseReader {
  private static final int ENTRY = 24;
  private static final int NUMBER = 12;

  private final TarInput input;
  private final TarLimits limits;
  private final SparseMap map = new SparseMap();

  /** Bytes of the member that the map took, which are not data. */
  private long consumed;

  SparseReader(TarInput input, TarLimits limits) {
    this.input = input;
    this.limits = limits;
  }

  long consumed() {
    return consumed;
  }

  /** Four extents in the header at 386, then blocks of 21 while a flag says that more follow. */
  SparseMap old(byte[] header) {
    byte[] block = header;
    boolean more = addAll(block, 386, 4, 482);
    while (more) {
      block = nextBlock();
      more = addAll(block, 0, 21, 504);
    }
    return map;
  }

  /** The real size of a file in the old format. */
  long oldSize(byte[] header) {
    return number(header, 483);
  }

  private boolean addAll(byte[] block, int offset, int count, int flag) {
    for (int i = 0; i < count; i++) {
      int at = offset + i * ENTRY;
      if (block[at] == 0 || block[at + NUMBER] == 0) {
        break;
      }
      add(number(block, at), number(block, at + NUMBER));
    }
    return block[flag] != 0;
  }

  private long number(byte[] block, int at) {
    return TarNumber.parse(block, at, NUMBER)
        .orElseThrow(() -> input.corrupt("a sparse file's map has a field that is no number"));
  }

  /** Formats 0.0 and 0.1: pairs of decimal numbers. */
  SparseMap pairs(List<ByteString> numbers, PaxRecords records) {
    if (numbers.size() % 2 != 0) {
      throw input.corrupt("a sparse file's map has an offset without a length");
    }
    for (int i = 0; i < numbers.size(); i += 2) {
      add(records.decimal(numbers.get(i)), records.decimal(numbers.get(i + 1)));
    }
    return map;
  }

  static List<ByteString> split(ByteString list) {
    var parts = new ArrayList<ByteString>();
    int at = 0;
    for (int comma = list.indexOf(',', 0); comma >= 0; comma = list.indexOf(',', at)) {
      parts.add(list.substring(at, comma));
      at = comma + 1;
    }
    parts.add(list.substring(at));
    return parts;
  }

  /** Format 1.0: a count and then offsets and lengths, one a line, padded to a whole block. */
  SparseMap lines() {
    var lines = new SparseLines(this::nextBlock, input);
    long count = lines.next();
    for (long i = 0; i < count; i++) {
      add(lines.next(), lines.next());
    }
    return map;
  }

  private byte[] nextBlock() {
    byte[] block = new byte[TarInput.BLOCK];
    if (!input.readBlock(block)) {
      throw input.corrupt("the archive ends inside a sparse file's map");
    }
    consumed += TarInput.BLOCK;
    return block;
  }

  private void add(long offset, long length) {
    if (!map.add(offset, length)) {
      throw input.corrupt("the extents of a sparse file overlap or are out of order");
    }
    if (map.extents() > limits.sparseExtents()) {
      throw input.corrupt("a sparse file has more than " + limits.sparseExtents() + " extents");
    }
  }
}
