package caisson.engine;

import java.util.Comparator;

/**
 * What a container has done to a path of its image.
 *
 * @param path from the root
 */
public record FileChange(Kind kind, String path) implements Comparable<FileChange> {
  /** A directory comes before what is in it, and that before the directory's neighbours. */
  private static final Comparator<FileChange> ORDER =
      Comparator.comparing(change -> change.path().replace('/', '\0'));

  /** What it is. */
  public enum Kind {
    CHANGED,
    ADDED,
    DELETED
  }

  @Override
  public int compareTo(FileChange other) {
    return ORDER.compare(this, other);
  }
}
