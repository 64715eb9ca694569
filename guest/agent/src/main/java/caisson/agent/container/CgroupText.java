package caisson.agent.container;

import java.util.ArrayList;
import java.util.List;

/** What cgroup v2's files say. */
final class CgroupText {
  private CgroupText() {}

  /** A file of one number, "max" being {@link Long#MAX_VALUE}. */
  static long number(String text) {
    String trimmed = text.trim();
    return trimmed.equals("max") ? Long.MAX_VALUE : Long.parseLong(trimmed);
  }

  /** The number behind {@code key} in a file of lines with one of each; 0 if it is not there. */
  static long keyed(String text, String key) {
    List<String> words = words(text);
    for (int i = 0; i + 1 < words.size(); i += 2) {
      if (words.get(i).equals(key)) {
        return Long.parseLong(words.get(i + 1));
      }
    }
    return 0;
  }

  /** What stands between spaces and line ends. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) <= ' ') {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }
}
