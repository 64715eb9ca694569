package caisson.guest.tar;

import static caisson.guest.tar.TarReader.demand;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What headers before a member say of it because it does not fit into its own. */
final class Extensions {
  private static final int MAX_ATTRIBUTES = 256;
  private static final int MAX_DIGITS = 19;

  private final List<Member.Attribute> attributes = new ArrayList<>();
  private Optional<String> name = Optional.empty();
  private Optional<String> link = Optional.empty();
  private Optional<Long> size = Optional.empty();
  private Optional<Long> uid = Optional.empty();
  private Optional<Long> gid = Optional.empty();
  private Optional<Long> modified = Optional.empty();

  Optional<String> name() {
    return name;
  }

  Optional<String> link() {
    return link;
  }

  Optional<Long> size() {
    return size;
  }

  Optional<Long> uid() {
    return uid;
  }

  Optional<Long> gid() {
    return gid;
  }

  Optional<Long> modified() {
    return modified;
  }

  List<Member.Attribute> attributes() {
    return attributes;
  }

  /** GNU's long name, which a zero byte may end. */
  void setName(byte[] content) {
    name = Optional.of(untilZero(content));
  }

  void setLink(byte[] content) {
    link = Optional.of(untilZero(content));
  }

  private static String untilZero(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    return text(content, 0, end);
  }

  /** The records of a pax header: {@code LENGTH KEY=VALUE\n}. */
  void addRecords(byte[] content) {
    int start = 0;
    while (start < content.length) {
      int blank = find(content, start, ' ');
      long length = digits(text(content, start, blank - start));
      demand(length > 0 && length <= content.length - start, "a pax record's length is wrong");
      int end = start + (int) length - 1;
      int equals = find(content, blank, '=');
      demand(equals < end && content[end] == '\n', "a pax record is broken");
      add(text(content, blank + 1, equals - blank - 1), content, equals + 1, end);
      start = end + 1;
    }
  }

  private static int find(byte[] content, int from, char wanted) {
    int at = from;
    while (at < content.length && content[at] != wanted) {
      at++;
    }
    demand(at < content.length, "a pax record is broken");
    return at;
  }

  private void add(String key, byte[] content, int from, int to) {
    if (key.startsWith(TarFormat.ATTRIBUTE)) {
      demand(attributes.size() < MAX_ATTRIBUTES, "a file has too many extended attributes");
      String attribute = key.substring(TarFormat.ATTRIBUTE.length());
      attributes.add(new Member.Attribute(attribute, Arrays.copyOfRange(content, from, to)));
      return;
    }
    switch (key) {
      case "path" -> name = Optional.of(path(content, from, to));
      case "linkpath" -> link = Optional.of(path(content, from, to));
      case "size" -> size = Optional.of(positive(text(content, from, to - from)));
      case "uid" -> uid = Optional.of(positive(text(content, from, to - from)));
      case "gid" -> gid = Optional.of(positive(text(content, from, to - from)));
      case "mtime" -> modified = Optional.of(seconds(text(content, from, to - from)));
      default ->
          demand(!key.startsWith("GNU.sparse."), "sparse members of GNU tar are not understood");
    }
  }

  /** A zero byte would end it for the kernel, and not for those who check it. */
  private static String path(byte[] content, int from, int to) {
    String path = text(content, from, to - from);
    demand(path.indexOf(0) < 0, "a name has a zero byte in it");
    return path;
  }

  private static long positive(String text) {
    long number = digits(text);
    demand(number >= 0, "a pax header's number is negative");
    return number;
  }

  /** Whole seconds: what stands behind a point is left out. */
  private static long seconds(String text) {
    int point = text.indexOf('.');
    return digits(point < 0 ? text : text.substring(0, point));
  }

  private static long digits(String text) {
    boolean negative = text.startsWith("-");
    String number = negative ? text.substring(1) : text;
    demand(
        !number.isEmpty() && number.length() < MAX_DIGITS,
        "a pax header has no number where one is needed");
    long value = 0;
    for (int i = 0; i < number.length(); i++) {
      int digit = number.charAt(i) - '0';
      demand(digit >= 0 && digit <= 9, "a pax header has no number where one is needed");
      value = 10 * value + digit;
    }
    return negative ? -value : value;
  }

  static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
