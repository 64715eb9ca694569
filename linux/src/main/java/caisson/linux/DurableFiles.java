package caisson.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Changes to the file system that are on the disk, whole, when a method returns: after a crash
 * there is the old content or the new one, never a part of either.
 */
public final class DurableFiles {
  /** What unfinished files end with; what bears it after a crash can be removed. */
  public static final String UNFINISHED = ".unfinished";

  private DurableFiles() {}

  /** Replaces {@code target} by a file that holds {@code content}. */
  public static void write(Path target, byte[] content) throws IOException {
    var unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    try (var channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    move(unfinished, target);
  }

  /** Renames {@code from}, whose content is already on the disk, to {@code target}. */
  public static void move(Path from, Path target) throws IOException {
    Files.move(from, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(parent(target));
  }

  /** Makes a directory, and those above it, durable. */
  public static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      createDirectories(parent(directory));
      Files.createDirectories(directory);
      syncDirectory(parent(directory));
    }
  }

  /** Waits until the names in {@code directory} are on the disk. */
  public static void syncDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Removes a directory with everything in it, however deep, following no link; nothing happens if
   * it is not there. It first gets a name that ends with {@link #UNFINISHED}, so that a crash
   * leaves all of it under its name or nothing.
   */
  public static void deleteTree(Path tree) throws IOException {
    var doomed = tree.resolveSibling(tree.getFileName() + UNFINISHED);
    if (Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      deleteNow(doomed);
      move(tree, doomed);
    }
    deleteNow(doomed);
  }

  private static void deleteNow(Path tree) throws IOException {
    try {
      new TreeRemoval().run(tree);
    } catch (NoSuchFileException e) {
      // Gone already: somebody else's removal or an earlier one.
    }
  }

  private static Path parent(Path path) {
    var parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }
}
