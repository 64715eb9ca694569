package caisson.agent.archive;

import caisson.guest.protocol.Outcome;
import caisson.guest.tar.Member;
import caisson.guest.tar.TarException;
import caisson.guest.tar.TarReader;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.ExtendedAttributes;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the members of a tar archive below the working directory. Whatever their names say, they
 * lead nowhere above it; symbolic links that are there already are the container's own business,
 * whose root this process has.
 */
final class Extraction {
  private static final int MAX_NAME = 4095;
  private static final int BUFFER = 64 << 10;

  /** Of how many directories the time of change is set once everything is in them. */
  private static final int MAX_DATED = 16384;

  private final TarReader reader;
  private final boolean keepDirectories;
  private final Optional<Owner> owner;
  private final List<Member> dated = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];

  /** Whom everything is to belong to. */
  record Owner(int uid, int gid) {}

  /**
   * @param keepDirectories whether a directory that is there may not become anything else, nor
   *     anything else a directory
   * @param owner empty for the owners that the archive says
   */
  Extraction(TarReader reader, boolean keepDirectories, Optional<Owner> owner) {
    this.reader = reader;
    this.keepDirectories = keepDirectories;
    this.owner = owner;
  }

  /** Reads the whole archive. */
  void run() {
    for (Optional<Member> next = reader.next(); next.isPresent(); next = reader.next()) {
      take(next.get());
    }
    for (Member directory : dated) {
      Files.setModified(Files.AT_FDCWD, path(directory.name()), directory.modified());
    }
  }

  private void take(Member member) {
    String path = path(member.name());
    if (path.isEmpty()) {
      takeRoot(member);
      return;
    }
    makeParents(path);
    boolean merge = makeWay(path, member);
    switch (member.type()) {
      case Member.DIRECTORY -> takeDirectory(path, member, merge);
      case Member.FILE -> takeFile(path, member);
      case Member.HARD_LINK -> Files.link(path(member.link()), path);
      case Member.SYMBOLIC_LINK -> takeLink(path, member);
      default -> takeNode(path, member);
    }
  }

  /** The path without slashes at its ends, doubled ones and single dots; "" for the root. */
  static String path(String name) {
    demand(name.length() <= MAX_NAME, "a member's name is longer than " + MAX_NAME);
    StringBuilder path = new StringBuilder();
    int start = 0;
    while (start <= name.length()) {
      int slash = name.indexOf('/', start);
      int end = slash < 0 ? name.length() : slash;
      String part = name.substring(start, end);
      demand(!part.equals(".."), "a member's name leads out of the directory: " + name);
      if (!part.isEmpty() && !part.equals(".")) {
        path.append(path.length() == 0 ? "" : "/").append(part);
      }
      start = end + 1;
    }
    return path.toString();
  }

  private static void demand(boolean good, String otherwise) {
    if (!good) {
      throw new TarException(otherwise);
    }
  }

  /** What an archive says of the directory itself that it is written to is left as it is. */
  private static void takeRoot(Member member) {
    demand(member.type() == Member.DIRECTORY, "a member that is no directory has no name");
  }

  private static void makeParents(String path) {
    int slash = path.lastIndexOf('/');
    if (slash > 0 && !Files.exists(path.substring(0, slash))) {
      Files.makeDirectories(path.substring(0, slash), 0755);
    }
  }

  /** Removes what is in the way; true if that is a directory that a directory goes into. */
  private boolean makeWay(String path, Member member) {
    FileStatus there;
    try {
      there = FileStatus.ofLink(path);
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
    boolean directory = member.type() == Member.DIRECTORY;
    if (there.isDirectory() && directory) {
      return true;
    }
    if (keepDirectories && (there.isDirectory() || directory)) {
      throw new ArchiveFailure(
          Outcome.INVALID,
          there.isDirectory()
              ? "cannot overwrite directory \"" + path + "\" with non-directory"
              : "cannot overwrite non-directory \"" + path + "\" with directory");
    }
    Files.removeAt(Files.AT_FDCWD, path, there.isDirectory() ? Files.AT_REMOVEDIR : 0);
    return false;
  }

  private void takeDirectory(String path, Member member, boolean merge) {
    if (!merge) {
      Files.makeDirectory(path, 0700);
    }
    int fd = Files.open(path, Files.O_RDONLY | Files.O_DIRECTORY | Files.O_NOFOLLOW);
    try {
      finish(fd, member);
    } finally {
      Descriptors.close(fd);
    }
    if (dated.size() < MAX_DATED) {
      dated.add(member);
    }
  }

  private void takeFile(String path, Member member) {
    int flags = Files.O_WRONLY | Files.O_CREAT | Files.O_EXCL | Files.O_NOFOLLOW;
    int fd = Files.open(path, flags, 0600);
    try {
      for (int length = reader.content(buffer); length > 0; length = reader.content(buffer)) {
        writeAll(fd, length);
      }
      finish(fd, member);
    } finally {
      Descriptors.close(fd);
    }
    Files.setModified(Files.AT_FDCWD, path, member.modified());
  }

  private void writeAll(int fd, int length) {
    int written = 0;
    while (written < length) {
      written += Descriptors.write(fd, buffer, written, length - written);
    }
  }

  /** Owner first: a change of owner takes set-user-id bits and capabilities away. */
  private void finish(int fd, Member member) {
    Descriptors.setOwner(fd, uid(member), gid(member));
    Descriptors.setMode(fd, member.mode());
    for (Member.Attribute attribute : member.attributes()) {
      setAttribute(fd, attribute);
    }
  }

  /** A file system need not have what another one had. */
  private static void setAttribute(int fd, Member.Attribute attribute) {
    try {
      ExtendedAttributes.set(fd, attribute.name(), attribute.value());
    } catch (ErrnoException e) {
      if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.EPERM) {
        throw e;
      }
    }
  }

  private void takeLink(String path, Member member) {
    Files.symbolicLink(member.link(), path);
    Files.setOwner(path, uid(member), gid(member), Files.AT_SYMLINK_NOFOLLOW);
    Files.setModified(Files.AT_FDCWD, path, member.modified());
  }

  private void takeNode(String path, Member member) {
    int type =
        switch (member.type()) {
          case Member.CHARACTER_DEVICE -> FileStatus.S_IFCHR;
          case Member.BLOCK_DEVICE -> FileStatus.S_IFBLK;
          default -> FileStatus.S_IFIFO;
        };
    Files.makeNode(path, type | 0600, Files.device(member.major(), member.minor()));
    Files.setOwner(path, uid(member), gid(member), Files.AT_SYMLINK_NOFOLLOW);
    Files.setMode(path, member.mode());
    Files.setModified(Files.AT_FDCWD, path, member.modified());
  }

  private int uid(Member member) {
    return owner.map(Owner::uid).orElse(member.uid());
  }

  private int gid(Member member) {
    return owner.map(Owner::gid).orElse(member.gid());
  }
}
