package caisson.agent.archive;

import caisson.guest.protocol.Outcome;
import caisson.guest.tar.TarWriter;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Tells what a container has changed in its image, as Docker does: a directory has changed where
 * something was added to it or taken away, or where its owner, permissions or time are others.
 */
final class TreeChanges {
  private static final int NONE = -1;
  private static final int OPEN = Files.O_RDONLY | Files.O_DIRECTORY | Files.O_NOFOLLOW;

  private static final char ADDED = 'A';
  private static final char CHANGED = 'C';
  private static final char DELETED = 'D';

  private final OwnLayer layer;
  private final TarWriter.Sink sink;
  private final Deque<Level> levels = new ArrayDeque<>();

  TreeChanges(OwnLayer layer, TarWriter.Sink sink) {
    this.layer = layer;
    this.sink = sink;
  }

  /** A directory of the container's, and the image's in its place, if there is one. */
  private static final class Level {
    final OpenDirectory upper;
    final int lower;

    /** Whether it was told of, so that its entries need not see to that. */
    private boolean told;

    Level(OpenDirectory upper, int lower, boolean told) {
      this.upper = upper;
      this.lower = lower;
      this.told = told;
    }
  }

  /** Tells all of it. */
  void run() {
    push(new Level(open(Files.AT_FDCWD, layer.upper(), ""), lower(layer.lower()), true));
    while (!levels.isEmpty()) {
      Level top = levels.peek();
      String entry = top.upper.next();
      if (entry.isEmpty()) {
        leave(levels.pop());
      } else if (!layer.given().contains(top.upper.nameOf(entry))) {
        visitIfThere(top, entry);
      }
    }
  }

  private void push(Level level) {
    if (levels.size() == TreeArchive.MAX_DEPTH) {
      throw new ArchiveFailure(
          Outcome.LIMIT, "directories are nested deeper than " + TreeArchive.MAX_DEPTH + " levels");
    }
    levels.push(level);
  }

  private static OpenDirectory open(int parent, String entry, String name) {
    return new OpenDirectory(Files.openAt(parent, entry, OPEN, 0), name);
  }

  private static int lower(String path) {
    return Files.open(path, OPEN);
  }

  private void visitIfThere(Level level, String entry) {
    try {
      visit(level, entry);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  private void visit(Level level, String entry) {
    FileStatus status = FileStatus.at(level.upper.fd, entry, Files.AT_SYMLINK_NOFOLLOW);
    Optional<FileStatus> before = status(level.lower, entry);
    if (status.isDirectory()) {
      enter(level, entry, status, before);
    } else if (!OwnLayer.isWhiteout(status)) {
      tell(level, entry, before.isPresent() ? CHANGED : ADDED);
    } else if (before.isPresent()) {
      tell(level, entry, DELETED);
    }
  }

  private static Optional<FileStatus> status(int directory, String entry) {
    if (directory == NONE) {
      return Optional.empty();
    }
    try {
      return Optional.of(FileStatus.at(directory, entry, Files.AT_SYMLINK_NOFOLLOW));
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void enter(Level parent, String entry, FileStatus status, Optional<FileStatus> before) {
    String name = parent.upper.nameOf(entry);
    boolean given = layer.isGivenTo(name);
    boolean merged = before.isPresent() && before.get().isDirectory();
    boolean told = merged ? differs(status, before.get(), given) : before.isPresent() || !given;
    OpenDirectory upper = open(parent.upper.fd, entry, name);
    push(new Level(upper, merged ? Files.openAt(parent.lower, entry, OPEN, 0) : NONE, told));
    if (told) {
      tell(parent, entry, before.isPresent() ? CHANGED : ADDED);
    }
  }

  private static boolean differs(FileStatus now, FileStatus before, boolean given) {
    return now.mode() != before.mode()
        || now.uid() != before.uid()
        || now.gid() != before.gid()
        || (!given && now.modified() != before.modified());
  }

  /** What an opaque directory does not have is gone, without whiteouts. */
  private void leave(Level level) {
    if (level.lower != NONE) {
      if (OwnLayer.isOpaque(level.upper.fd)) {
        OpenDirectory lower = new OpenDirectory(level.lower, level.upper.name);
        for (String each = lower.next(); !each.isEmpty(); each = lower.next()) {
          if (status(level.upper.fd, each).isEmpty()) {
            tell(level, each, DELETED);
          }
        }
      }
      Descriptors.close(level.lower);
    }
    level.upper.close();
  }

  private void tell(Level level, String entry, char kind) {
    if (kind != CHANGED && !level.told) {
      level.told = true;
      write(CHANGED, level.upper.name);
    }
    write(kind, level.upper.nameOf(entry));
  }

  private void write(char kind, String name) {
    byte[] line = (kind + "/" + name + "\0").getBytes(StandardCharsets.UTF_8);
    sink.write(line, 0, line.length);
  }
}
