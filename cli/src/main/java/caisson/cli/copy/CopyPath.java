package caisson.cli.copy;

/**
 * A side of a copy: {@code CONTAINER:PATH}, or a path here.
 *
 * @param container empty for here
 */
public record CopyPath(String container, String path) {
  /** A colon behind a slash or a dot at the beginning is part of a path. */
  public static CopyPath parse(String text) {
    int colon = text.indexOf(':');
    boolean here =
        colon <= 0
            || text.startsWith("/")
            || text.startsWith(".")
            || text.substring(0, colon).contains("/");
    return here
        ? new CopyPath("", text)
        : new CopyPath(text.substring(0, colon), text.substring(colon + 1));
  }

  public boolean isInContainer() {
    return !container.isEmpty();
  }

  /** Whether the text of a path means a directory: it ends with a slash, or a slash and a dot. */
  static boolean meansDirectory(String path) {
    return path.endsWith("/") || path.endsWith("/.") || path.equals(".");
  }

  /** Whether what is in a directory is meant, and not the directory. */
  static boolean meansContent(String path) {
    return path.endsWith("/.") || path.equals(".");
  }

  /** What stands behind the last slash, slashes at the end apart. */
  static String name(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  /** What stands before the last slash, slashes at the end apart. */
  static String parent(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    int slash = path.lastIndexOf('/', end - 1);
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
