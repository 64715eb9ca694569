package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The cgroups that engines make above their containers', and leave behind. */
final class EngineCgroups {
  private static final Path ALL = Path.of("/sys/fs/cgroup");

  private EngineCgroups() {}

  /** Removes those of these names where nobody is in them, in every hierarchy. */
  static void removeEmpty(String... names) {
    try (var below = Files.list(ALL)) {
      for (var hierarchy : Stream.concat(Stream.of(ALL), below).toList()) {
        for (var name : names) {
          remove(hierarchy.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path cgroup) throws IOException {
    try {
      if (Files.isDirectory(cgroup) && Files.readString(cgroup.resolve("cgroup.procs")).isEmpty()) {
        Files.delete(cgroup);
      }
    } catch (FileSystemException e) {
      // Somebody else has cgroups in it.
    }
  }
}
