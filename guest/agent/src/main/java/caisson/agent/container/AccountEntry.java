package caisson.agent.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line of /etc/passwd or /etc/group that makes sense (passwd(5), group(5)). */
final class AccountEntry {
  /** The largest user or group number, as in Docker. */
  static final long MAX_ID = Integer.MAX_VALUE;

  private static final int MAX_ID_DIGITS = 10;
  private static final int NAME = 0;
  private static final int ID = 2;

  private AccountEntry() {}

  /** A user: name, uid, gid and home directory. */
  record User(String name, int uid, int gid, String home) {
    private static final int GID = 3;
    private static final int HOME = 5;

    /** Empty for a line that is malformed or no entry at all. */
    static Optional<User> parse(String line) {
      List<String> fields = fields(line);
      Optional<Integer> uid = id(fields, ID);
      Optional<Integer> gid = id(fields, GID);
      return isEntry(fields) && uid.isPresent() && gid.isPresent()
          ? Optional.of(new User(fields.get(NAME), uid.get(), gid.get(), field(fields, HOME)))
          : Optional.empty();
    }
  }

  /** A group: name, gid and its members' names with commas between them. */
  record Group(String name, int gid, String members) {
    private static final int MEMBERS = 3;

    static Optional<Group> parse(String line) {
      List<String> fields = fields(line);
      Optional<Integer> gid = id(fields, ID);
      return isEntry(fields) && gid.isPresent()
          ? Optional.of(new Group(fields.get(NAME), gid.get(), field(fields, MEMBERS)))
          : Optional.empty();
    }

    boolean hasMember(String user) {
      return ("," + members + ",").contains("," + user + ",") && user.indexOf(',') < 0;
    }
  }

  /** A number as users and groups have them; empty for anything else. */
  static Optional<Integer> id(String text) {
    boolean digits = !text.isEmpty() && text.length() <= MAX_ID_DIGITS;
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits && Long.parseLong(text) <= MAX_ID
        ? Optional.of(Integer.parseInt(text))
        : Optional.empty();
  }

  private static Optional<Integer> id(List<String> fields, int index) {
    return id(field(fields, index));
  }

  /** Names that begin so are comments, or ask another service for accounts (nsswitch's compat). */
  private static boolean isEntry(List<String> fields) {
    String name = fields.get(NAME);
    return !name.isEmpty() && "#+-".indexOf(name.charAt(0)) < 0;
  }

  private static String field(List<String> fields, int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  private static List<String> fields(String line) {
    String text = line.trim();
    List<String> fields = new ArrayList<>();
    int start = 0;
    int colon;
    while ((colon = text.indexOf(':', start)) >= 0) {
      fields.add(text.substring(start, colon));
      start = colon + 1;
    }
    fields.add(text.substring(start));
    return fields;
  }
}
