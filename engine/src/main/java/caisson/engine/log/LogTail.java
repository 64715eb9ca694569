package caisson.engine.log;

import caisson.base.CaissonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** What the ends of log files tell. */
final class LogTail {
  private static final int CHUNK = 1 << 16;

  private LogTail() {}

  /**
   * The last whole line of {@code file}: where it ends and what it says of each stream's length;
   * empty when there is no line that can be read.
   */
  static Optional<End> end(FileChannel file) throws IOException {
    long end = wholeLines(file);
    while (end > 0) {
      long start = lastLines(file, end, 1).offset();
      var line = ByteBuffer.allocate((int) (end - start));
      while (line.hasRemaining() && file.read(line, start + line.position()) > 0) {}
      try {
        return Optional.of(new End(end, LogLine.decode(line.array(), line.position()).offsets()));
      } catch (CaissonException e) {
        // A crash of the host can leave garbage at the end of a file: it goes.
        end = start;
      }
    }
    return Optional.empty();
  }

  private static long wholeLines(FileChannel file) throws IOException {
    var buffer = ByteBuffer.allocate(CHUNK);
    for (long at = file.size(); at > 0; ) {
      int length = (int) Math.min(CHUNK, at);
      buffer.clear().limit(length);
      file.read(buffer, at - length);
      for (int i = length - 1; i >= 0; i--) {
        if (buffer.get(i) == '\n') {
          return at - length + i + 1;
        }
      }
      at -= length;
    }
    return 0;
  }

  /** Where the last {@code lines} lines before {@code end} begin, and how many there are. */
  static Position lastLines(FileChannel file, long end, int lines) throws IOException {
    long at = end;
    int found = 0;
    var buffer = ByteBuffer.allocate(CHUNK);
    while (at > 0) {
      int length = (int) Math.min(CHUNK, at);
      buffer.clear().limit(length);
      file.read(buffer, at - length);
      for (int i = length - 1; i >= 0; i--) {
        if (buffer.get(i) == '\n' && at - length + i + 1 < end && ++found == lines) {
          return new Position(at - length + i + 1, lines);
        }
      }
      at -= length;
    }
    return new Position(0, end == 0 ? 0 : found + 1);
  }

  record Position(long offset, int lines) {}

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record End(long offset, long[] written) {}
}
