package caisson.images;

import caisson.base.Digest;
import caisson.linux.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Removes what a daemon that was killed had not finished making or removing. */
final class Sweep {
  private Sweep() {}

  /** Deletes everything in {@code directory} but the files named by {@code digests}. */
  static void keeping(Path directory, Set<Digest> digests, String suffix) throws IOException {
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        String name = file.getFileName().toString();
        if (digests.stream().noneMatch(digest -> name.equals(digest.hex() + suffix))) {
          DurableFiles.deleteTree(file);
        }
      }
    }
  }

  /** Deletes everything in {@code directory}. */
  static void all(Path directory) throws IOException {
    keeping(directory, Set.of(), "");
  }
}
