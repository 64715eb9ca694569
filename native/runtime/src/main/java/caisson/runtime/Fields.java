package caisson.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The daemon's answer to a program: texts, each ended by a zero byte. */
final class Fields {
  private final String text;
  private int next;

  Fields(byte[] answer) {
    this.text = new String(answer, StandardCharsets.UTF_8);
  }

  boolean isAtEnd() {
    return next >= text.length();
  }

  String text() {
    int end = text.indexOf('\0', next);
    if (end < 0) {
      throw new RuntimeFailure("the daemon's answer ends too early; is it of another version?");
    }
    String field = text.substring(next, end);
    next = end + 1;
    return field;
  }

  int number() {
    String field = text();
    try {
      return Integer.parseInt(field);
    } catch (NumberFormatException e) {
      throw new RuntimeFailure("the daemon says " + field + " where a number is to be");
    }
  }

  /** Their number, then themselves. */
  List<String> texts() {
    int count = number();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(text());
    }
    return all;
  }
}
