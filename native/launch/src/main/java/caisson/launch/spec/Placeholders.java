package caisson.launch.spec;

import java.util.List;

/** Puts numbers where {@code {fd:NAME}} stands. */
final class Placeholders {
  private static final String START = "{fd:";

  private Placeholders() {}

  /** {@code text} with each placeholder replaced by {@code first} and the place of its name. */
  static String resolve(String text, List<String> names, int first) {
    StringBuilder resolved = new StringBuilder();
    int done = 0;
    for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, done)) {
      int end = text.indexOf('}', start);
      Check.that(end >= 0, "a placeholder has no end: " + text);
      String name = text.substring(start + START.length(), end);
      int place = names.indexOf(name);
      Check.that(place >= 0, "there is no descriptor for the placeholder {fd:" + name + "}");
      resolved.append(text, done, start).append(first + place);
      done = end + 1;
    }
    return resolved.append(text, done, text.length()).toString();
  }
}
