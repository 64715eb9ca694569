package caisson.linux;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.UUID;

/**
 * The removal of a directory in which somebody else has made names. A guest can nest directories
 * deeper than a path may be long (PATH_MAX), so no path leads down: a directory that is not empty
 * is moved to the top before it is removed.
 */
final class TreeRemoval {
  /** Nobody could foresee it, so that no name in the tree begins with it. */
  private final String prefix = UUID.randomUUID() + "-";

  private long moved;

  /** Removes {@code tree}, a directory or not. */
  void run(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      while (empty(tree)) {}
    }
    Files.deleteIfExists(tree);
  }

  /** Removes what is in {@code tree}; whether there was anything: what was moved may be left. */
  private boolean empty(Path tree) throws IOException {
    boolean any = false;
    try (var entries = Files.newDirectoryStream(tree)) {
      var top = (SecureDirectoryStream<Path>) entries; // as all are on Linux
      for (var entry : top) {
        any = true;
        remove(top, entry.getFileName());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return any;
  }

  private void remove(SecureDirectoryStream<Path> top, Path name) throws IOException {
    try {
      if (!isDirectory(top, name)) {
        top.deleteFile(name);
        return;
      }
      try (var content = top.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        for (var entry : content) {
          removeOrMove(content, entry.getFileName(), top);
        }
      }
      top.deleteDirectory(name);
    } catch (NoSuchFileException e) {
      // Gone already: somebody else's removal.
    }
  }

  private void removeOrMove(
      SecureDirectoryStream<Path> from, Path name, SecureDirectoryStream<Path> top)
      throws IOException {
    try {
      if (isDirectory(from, name)) {
        from.deleteDirectory(name);
      } else {
        from.deleteFile(name);
      }
    } catch (DirectoryNotEmptyException e) {
      from.move(name, top, Path.of(prefix + moved++));
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> in, Path name) throws IOException {
    return in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }
}
