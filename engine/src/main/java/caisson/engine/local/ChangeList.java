package caisson.engine.local;

import caisson.engine.FileChange;
import caisson.guest.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a guest says of changes: a letter, a path from the root and a zero byte for each. */
final class ChangeList {
  private ChangeList() {}

  /**
   * Reads it.
   *
   * @return in the order of paths
   * @throws ProtocolException for what is no such list
   */
  static List<FileChange> read(byte[] bytes) {
    var changes = new ArrayList<FileChange>();
    int start = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] == 0) {
        changes.add(change(new String(bytes, start, end - start, StandardCharsets.UTF_8)));
        start = end + 1;
      }
    }
    if (start < bytes.length) {
      throw new ProtocolException("a list of changes ends within one");
    }
    changes.sort(null);
    return changes;
  }

  private static FileChange change(String text) {
    if (!text.startsWith("/", 1)) {
      throw new ProtocolException("a change has no path");
    }
    var kind =
        switch (text.charAt(0)) {
          case 'A' -> FileChange.Kind.ADDED;
          case 'C' -> FileChange.Kind.CHANGED;
          case 'D' -> FileChange.Kind.DELETED;
          default -> throw new ProtocolException("there is no change " + text.charAt(0));
        };
    return new FileChange(kind, text.substring(1));
  }
}
