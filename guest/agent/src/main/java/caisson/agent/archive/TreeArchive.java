package caisson.agent.archive;

import caisson.guest.protocol.Outcome;
import caisson.guest.tar.Member;
import caisson.guest.tar.TarWriter;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.ExtendedAttributes;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a file or a tree as a tar archive. Links are archived, never followed; files that go away
 * meanwhile are left out; what the kernel shows of itself is an empty directory.
 */
final class TreeArchive {
  /** How deep a tree may be; each level is an open directory. */
  static final int MAX_DEPTH = 512;

  /** Of how many files with several names that is remembered. */
  private static final int MAX_LINKED = 16384;

  private static final int BUFFER = 64 << 10;
  private static final int PERMISSIONS = 07777;

  /** The magic numbers of proc, sysfs, cgroup2, devpts and mqueue (linux/magic.h). */
  private static final Set<Long> KERNEL_VIEWS =
      Set.of(0x9fa0L, 0x62656572L, 0x63677270L, 0x1cd1L, 0x19800202L);

  private final TarWriter writer;
  private final Optional<OwnLayer> layer;
  private final Deque<OpenDirectory> levels = new ArrayDeque<>();
  private final Map<String, String> linked = new HashMap<>();
  private final byte[] buffer = new byte[BUFFER];

  TreeArchive(TarWriter writer) {
    this(writer, Optional.empty());
  }

  private TreeArchive(TarWriter writer, Optional<OwnLayer> layer) {
    this.writer = writer;
    this.layer = layer;
  }

  /** Archives a container's own files as a layer of an image. */
  static void addLayer(TarWriter writer, OwnLayer layer) {
    int upper = Files.open(layer.upper(), Files.O_RDONLY | Files.O_DIRECTORY);
    new TreeArchive(writer, Optional.of(layer)).addContent(upper);
    Descriptors.close(upper);
  }

  /** Archives what is at {@code path} as {@code name}. */
  void add(String path, String name) {
    visit(Files.AT_FDCWD, path, name);
    drain();
  }

  /** Archives what is in the open directory, under its own names. */
  void addContent(int directory) {
    levels.push(
        new OpenDirectory(Files.openAt(directory, ".", Files.O_RDONLY | Files.O_DIRECTORY, 0), ""));
    drain();
  }

  private void drain() {
    while (!levels.isEmpty()) {
      OpenDirectory top = levels.peek();
      String next = top.next();
      if (next.isEmpty()) {
        levels.pop().close();
      } else if (layer.isEmpty() || !layer.get().given().contains(top.nameOf(next))) {
        visitIfThere(top.fd, next, top.nameOf(next));
      }
    }
  }

  private void visitIfThere(int directory, String entry, String name) {
    try {
      visit(directory, entry, name);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  private void visit(int directory, String entry, String name) {
    FileStatus status = FileStatus.at(directory, entry, Files.AT_SYMLINK_NOFOLLOW);
    if (layer.isPresent()) {
      refuseReserved(entry, name);
      if (OwnLayer.isWhiteout(status)) {
        mark(name.substring(0, name.length() - entry.length()) + OwnLayer.whiteout(entry), status);
        return;
      }
    }
    switch (status.mode() & FileStatus.S_IFMT) {
      case FileStatus.S_IFDIR -> enter(directory, entry, name);
      case FileStatus.S_IFREG -> file(directory, entry, name);
      case FileStatus.S_IFLNK ->
          begin(name, Member.SYMBOLIC_LINK, status, Files.readLinkAt(directory, entry));
      case FileStatus.S_IFCHR -> begin(name, Member.CHARACTER_DEVICE, status, "");
      case FileStatus.S_IFBLK -> begin(name, Member.BLOCK_DEVICE, status, "");
      case FileStatus.S_IFIFO -> begin(name, Member.FIFO, status, "");
      default -> {} // an archive has no sockets
    }
  }

  private void begin(String name, char type, FileStatus status, String link) {
    writer.begin(member(name, type, status, 0, link, List.of()));
  }

  private static void refuseReserved(String entry, String name) {
    if (OwnLayer.isReserved(entry)) {
      throw new ArchiveFailure(
          Outcome.INVALID, "no layer can have /" + name + ": its name means that a file is gone");
    }
  }

  /** An empty file that says something of other names. */
  private void mark(String name, FileStatus status) {
    writer.begin(member(name, Member.FILE, status, 0, "", List.of()));
  }

  private static Member member(
      String name,
      char type,
      FileStatus status,
      long size,
      String link,
      List<Member.Attribute> attributes) {
    return new Member(
        name,
        type,
        status.mode() & PERMISSIONS,
        status.uid(),
        status.gid(),
        size,
        status.modified(),
        link,
        status.specialMajor(),
        status.specialMinor(),
        attributes);
  }

  private void enter(int parent, String entry, String name) {
    if (levels.size() == MAX_DEPTH) {
      throw new ArchiveFailure(
          Outcome.LIMIT, "directories are nested deeper than " + MAX_DEPTH + " levels");
    }
    int flags = Files.O_RDONLY | Files.O_DIRECTORY | Files.O_NOFOLLOW;
    int fd = Files.openAt(parent, entry, flags, 0);
    FileStatus status = FileStatus.of(fd);
    writer.begin(member(name, Member.DIRECTORY, status, 0, "", attributes(fd)));
    if (layer.isPresent() && OwnLayer.isOpaque(fd)) {
      mark(name + "/" + OwnLayer.opaqueMark(), status);
    }
    if (KERNEL_VIEWS.contains(Descriptors.fileSystem(fd))) {
      Descriptors.close(fd);
    } else {
      levels.push(new OpenDirectory(fd, name));
    }
  }

  private void file(int directory, String entry, String name) {
    int flags = Files.O_RDONLY | Files.O_NOFOLLOW | Files.O_NONBLOCK | Files.O_NOCTTY;
    int fd = Files.openAt(directory, entry, flags, 0);
    try {
      FileStatus status = FileStatus.of(fd);
      String first = firstName(status, name);
      if (!first.isEmpty()) {
        begin(name, Member.HARD_LINK, status, first);
      } else if (status.isRegular()) {
        writer.begin(member(name, Member.FILE, status, status.size(), "", attributes(fd)));
        content(fd, status.size());
      }
    } finally {
      Descriptors.close(fd);
    }
  }

  /** The name that the archive has for the file already, or empty. */
  private String firstName(FileStatus status, String name) {
    if (status.links() < 2) {
      return "";
    }
    String file = status.deviceMajor() + ":" + status.deviceMinor() + ":" + status.inode();
    String first = linked.get(file);
    if (first == null && linked.size() < MAX_LINKED) {
      linked.put(file, name);
    }
    return first == null ? "" : first;
  }

  /** As many bytes as the header says, whatever becomes of the file meanwhile. */
  private void content(int fd, long size) {
    long left = size;
    while (left > 0) {
      int most = (int) Math.min(left, buffer.length);
      int length = Descriptors.read(fd, buffer, 0, most);
      if (length <= 0) {
        Arrays.fill(buffer, (byte) 0);
        length = most;
      }
      writer.content(buffer, 0, length);
      left -= length;
    }
    writer.pad(size);
  }

  private List<Member.Attribute> attributes(int fd) {
    List<Member.Attribute> attributes = new ArrayList<>();
    for (String name : ExtendedAttributes.names(fd)) {
      if (layer.isEmpty() || !OwnLayer.isNote(name)) {
        attributes.add(new Member.Attribute(name, ExtendedAttributes.get(fd, name)));
      }
    }
    return attributes;
  }
}
