package caisson.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Every path of a tree with its type, mode, owner, size, time to the nanosecond, device number,
 * names, link target, SHA-256 and extended attributes. Listings of the same tree on two machines
 * are equal, whatever file systems hold it.
 *
 * @param lines one for each path, in order; the files that are one file under several names say the
 *     first of these
 */
public record TreeListing(List<String> lines) {
  /** Which of the tab-separated fields {@code listing.c} uses for an inode number. */
  private static final int INODE = 9;

  private static final String NONE = "-";

  public TreeListing {
    lines = List.copyOf(lines);
  }

  /** Reads what {@link TreeLister}'s program wrote, here or in a container. */
  public static TreeListing parse(String output) {
    var sorted = output.lines().sorted().toList();
    Map<String, String> firstNames = new HashMap<>();
    var lines = new ArrayList<String>();
    for (var line : sorted) {
      String[] fields = line.split("\t", -1);
      if (!fields[INODE].equals(NONE)) {
        firstNames.putIfAbsent(fields[INODE], fields[0]);
        fields[INODE] = firstNames.get(fields[INODE]);
      }
      lines.add(String.join("\t", fields));
    }
    return new TreeListing(lines);
  }

  /**
   * The lines that only this has, after a "-", and those that only {@code other} has, after "+".
   */
  public List<String> differences(TreeListing other) {
    var mine = new HashSet<>(lines);
    var theirs = new HashSet<>(other.lines);
    var differences = new ArrayList<String>();
    lines.stream().filter(line -> !theirs.contains(line)).forEach(l -> differences.add("- " + l));
    other.lines.stream()
        .filter(line -> !mine.contains(line))
        .forEach(line -> differences.add("+ " + line));
    return differences;
  }

  /** Without the lines of paths that {@code pattern} matches whole. */
  public TreeListing without(String pattern) {
    return new TreeListing(
        lines.stream()
            .filter(line -> !line.substring(0, line.indexOf('\t')).matches(pattern))
            .toList());
  }
}
