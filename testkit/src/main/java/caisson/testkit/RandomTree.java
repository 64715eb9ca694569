package caisson.testkit;

import caisson.testkit.Tar.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Puts a tree of all kinds of files into an archive, the same for the same seed: names of any
 * bytes, modes, owners and times at random, links, devices, fifos, attributes, and members that
 * replace earlier ones. Where unpacking with GNU tar would depend on more than the archive, it
 * stays away: every directory has a member before what is in it.
 */
public final class RandomTree {
  private static final int MOST_MEMBERS = 60;

  /** Behind that long a path GNU tar and Linux would not agree on what is too long. */
  private static final int LONGEST_PATH = 3500;

  /** Version 2, cap_net_raw, permitted and effective, as the kernel takes it. */
  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final List<String> ODD_NAMES =
      List.of(
          "Grüße", "日本語", "\ud83d\ude80", "a b", "x'\"y", "new\nline", "back\\slash", "*", "-r");

  private final Tar tar;
  private final Random random;
  private final List<String> directories;
  private final List<String> files = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private RandomTree(Tar tar, String root, long seed) {
    this.tar = tar;
    this.random = new Random(seed);
    this.directories = new ArrayList<>(List.of(root));
  }

  /**
   * Adds a tree.
   *
   * @param root the directory that it fills, with a slash at the end
   */
  public static void addTo(Tar tar, String root, long seed) {
    var tree = new RandomTree(tar, root, seed);
    tar.member(tree.attributes(root, '5'));
    int members = tree.random.nextInt(MOST_MEMBERS + 1);
    for (int i = 0; i < members; i++) {
      tree.addMember();
    }
  }

  private void addMember() {
    String path = any(directories) + name();
    if (path.length() > LONGEST_PATH || names.contains(path)) {
      return;
    }
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> addFile(path);
      case 3, 4 -> {
        tar.member(attributes(path + "/", '5'));
        directories.add(path + "/");
      }
      case 5 -> addOther(attributes(path, '2').withLink(name()));
      case 6 -> addOther(attributes(path, random.nextBoolean() ? '3' : '4'));
      case 7 -> addOther(attributes(path, '6'));
      case 8 -> link(path);
      default -> replace();
    }
    names.add(path);
  }

  private void addFile(String path) {
    byte[] content = new byte[random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(20)];
    random.nextBytes(content);
    tar.member(attributes(path, '0'), content);
    files.add(path);
  }

  private void addOther(Header header) {
    tar.member(header);
    files.add(header.name());
  }

  private void link(String path) {
    if (!files.isEmpty()) {
      tar.hardLink(path, any(files));
      files.add(path);
    }
  }

  /** The later one of two files of a name stays. */
  private void replace() {
    if (!files.isEmpty()) {
      addFile(any(files));
    }
  }

  private String any(List<String> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  private Header attributes(String path, char type) {
    var header =
        Header.of(path, type)
            .withMode(random.nextInt(010000))
            .withOwner(id(), id())
            // What ext4 can hold, which GNU tar unpacks to: 1901 to 2446.
            .withModified(random.nextLong(-(1L << 31), 15_000_000_000L));
    if (random.nextBoolean()) {
      header = header.withPax("mtime", header.mtime() + "." + digits());
    }
    if (type == '3' || type == '4') {
      header = header.withDevice(1 + random.nextInt(4095), random.nextInt(1 << 20));
    }
    // Linux has attributes of all the kinds made here on files and directories only.
    return type == '0' || type == '5' ? withXattrs(header) : header;
  }

  private long id() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(2000);
      default -> random.nextLong(0xffff_ffffL);
    };
  }

  private String digits() {
    String digits = Long.toString(random.nextLong(1L << 60));
    return digits.substring(0, 1 + random.nextInt(Math.min(digits.length(), 12)));
  }

  private Header withXattrs(Header header) {
    var next = header;
    int count = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[random.nextInt(200)];
      random.nextBytes(value);
      String key = any(List.of("user.", "trusted.", "security.x")) + plainName();
      next = next.withPax("SCHILY.xattr." + key, value);
    }
    return count == 1 ? next.withPax("SCHILY.xattr.security.capability", CAPABILITY) : next;
  }

  private String name() {
    String name =
        switch (random.nextInt(7)) {
          case 0, 1 -> oddName();
          case 2 ->
              new String(
                  any(ODD_NAMES).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
          default -> plainName();
        };
    boolean special = name.equals(".") || name.equals("..") || name.startsWith(".wh.");
    return special ? "not " + name : name;
  }

  private String plainName() {
    var name = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      name.append((char) ('a' + random.nextInt(26)));
    }
    return name.toString();
  }

  /** Any bytes but NUL and the slash. */
  private String oddName() {
    int length = random.nextInt(4) == 0 ? 200 : 1 + random.nextInt(20);
    var name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      char c = (char) (1 + random.nextInt(255));
      name.append(c == '/' ? '_' : c);
    }
    return name.toString();
  }
}
