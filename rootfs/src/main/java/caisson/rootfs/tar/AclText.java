package caisson.rootfs.tar;

import caisson.rootfs.tree.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Access control lists as star and GNU tar write them (the text form of acl(5), entries separated
 * by commas or newlines), turned into the form of the attributes {@code system.posix_acl_…} (Linux,
 * posix_acl_xattr.h). Users and groups must be numbers, or have theirs in star's fourth field: what
 * a name means is known only to the image's own accounts.
 */
final class AclText {
  private static final Pattern ENTRY =
      Pattern.compile("(u|user|g|group|m|mask|o|other):([^:]*):([-r])([-w])([-x])(?::(\\d+))?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
  private static final int VERSION = 2;
  private static final int HEADER = 4;
  private static final int ENTRY_BYTES = 8;
  private static final int UNDEFINED_ID = -1;
  private static final long MAX_ID = 0xffff_fffeL;

  /** Tags of posix_acl.h; the entries of a list are in their order. */
  private static final int USER_OBJ = 0x01;

  private static final int USER = 0x02;
  private static final int GROUP_OBJ = 0x04;
  private static final int GROUP = 0x08;
  private static final int MASK = 0x10;
  private static final int OTHER = 0x20;

  private record Entry(int tag, int permissions, int id) {
    private static final Comparator<Entry> ORDER =
        Comparator.comparingInt(Entry::tag).thenComparing(Entry::id, Integer::compareUnsigned);
  }

  private AclText() {}

  /** The attribute's value, or empty if the text is no valid list of numbers, as GNU tar has it. */
  static Optional<ByteString> parse(ByteString text) {
    var entries = new TreeSet<>(Entry.ORDER);
    String whole = new String(text.toByteArray(), StandardCharsets.ISO_8859_1);
    for (String line : whole.split("[,\n]", -1)) {
      String stated = line.replaceFirst("#.*", "").strip();
      if (!stated.isEmpty()) {
        var entry = entry(stated);
        if (entry.isEmpty() || !entries.add(entry.get())) {
          return Optional.empty();
        }
      }
    }
    return isComplete(entries) ? Optional.of(encode(entries)) : Optional.empty();
  }

  private static Optional<Entry> entry(String text) {
    var matcher = ENTRY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean named = !matcher.group(2).isEmpty();
    int tag =
        switch (matcher.group(1).charAt(0)) {
          case 'u' -> named ? USER : USER_OBJ;
          case 'g' -> named ? GROUP : GROUP_OBJ;
          case 'm' -> MASK;
          default -> OTHER;
        };
    int permissions =
        (matcher.group(3).equals("r") ? 4 : 0)
            | (matcher.group(4).equals("w") ? 2 : 0)
            | (matcher.group(5).equals("x") ? 1 : 0);
    if (tag != USER && tag != GROUP) {
      return named ? Optional.empty() : Optional.of(new Entry(tag, permissions, UNDEFINED_ID));
    }
    String id = matcher.group(6) == null ? matcher.group(2) : matcher.group(6);
    return NUMBER.matcher(id).matches() && Long.parseLong(id) <= MAX_ID
        ? Optional.of(new Entry(tag, permissions, (int) Long.parseLong(id)))
        : Optional.empty();
  }

  /** What the kernel demands: owner, group and others, and a mask if anybody is named. */
  private static boolean isComplete(Set<Entry> entries) {
    var tags = new HashSet<Integer>();
    entries.forEach(entry -> tags.add(entry.tag()));
    boolean named = tags.contains(USER) || tags.contains(GROUP);
    return tags.contains(USER_OBJ)
        && tags.contains(GROUP_OBJ)
        && tags.contains(OTHER)
        && (!named || tags.contains(MASK));
  }

  private static ByteString encode(Set<Entry> entries) {
    var value =
        ByteBuffer.allocate(HEADER + ENTRY_BYTES * entries.size()).order(ByteOrder.LITTLE_ENDIAN);
    value.putInt(VERSION);
    for (var entry : entries) {
      value.putShort((short) entry.tag()).putShort((short) entry.permissions()).putInt(entry.id());
    }
    return ByteString.copyOf(value.array());
  }
}
