package caisson.agent.archive;

import caisson.libc.Descriptors;
import caisson.libc.Directory;
import java.util.List;

/** A directory that is being read, and what it is called below the tree's root. */
final class OpenDirectory {
  final int fd;
  final String name;
  private List<String> batch = List.of();
  private int next;

  OpenDirectory(int fd, String name) {
    this.fd = fd;
    this.name = name;
  }

  /** The next name, empty at the end. */
  String next() {
    if (next == batch.size()) {
      batch = Directory.nextNames(fd, name);
      next = 0;
    }
    return batch.isEmpty() ? "" : batch.get(next++);
  }

  /** What {@code entry} of this directory is called. */
  String nameOf(String entry) {
    return name.isEmpty() ? entry : name + "/" + entry;
  }

  void close() {
    Descriptors.close(fd);
  }
}
