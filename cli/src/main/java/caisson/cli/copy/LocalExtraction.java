package caisson.cli.copy;

import caisson.cli.flag.Values;
import caisson.guest.tar.Member;
import caisson.guest.tar.TarException;
import caisson.guest.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A container's archive as files of this host. A container is not trusted: no name leads out of the
 * target, no symbolic link that the archive makes is written through, and neither devices nor
 * owners nor set-user-id bits come with it.
 *
 * @param directory where it is written, with symbolic links followed
 * @param name what the archive's first name becomes
 */
public record LocalExtraction(Path directory, String name) {
  private static final int BUFFER = 64 << 10;

  /**
   * Where it goes, by the rules of {@code docker cp}.
   *
   * @param stat of what is copied
   * @param source its path in the container
   * @param target a path of this host
   */
  public static LocalExtraction of(PathStat stat, String source, String target) throws IOException {
    var path = Path.of(target).toAbsolutePath().normalize();
    var last = String.valueOf(path.getFileName());
    var parent = Optional.ofNullable(path.getParent()).orElse(path);
    if (Files.isDirectory(path)) {
      boolean content = CopyPath.meansContent(source) || CopyPath.name(source).isEmpty();
      return new LocalExtraction(path.toRealPath(), content ? "." : CopyPath.name(source));
    }
    if (Files.exists(path) && stat.isDirectory()) {
      throw Values.invalid("cannot copy directory");
    }
    if (CopyPath.meansDirectory(target) && !stat.isDirectory()) {
      throw Values.invalid("destination directory \"" + target + "\" does not exist");
    }
    if (!Files.isDirectory(parent)) {
      throw Values.invalid("invalid output path: directory \"" + parent + "\" does not exist");
    }
    return new LocalExtraction(parent.toRealPath(), last);
  }

  /** Writes the archive. */
  public void run(InputStream archive) throws IOException {
    var reader =
        new TarReader((bytes, offset, length) -> {
          try {
            return Math.max(0, archive.read(bytes, offset, length));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    try {
      for (var member = reader.next(); member.isPresent(); member = reader.next()) {
        write(reader, member.get());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (TarException e) {
      throw new IOException("the container's archive is broken: " + e.getMessage(), e);
    } catch (InvalidPathException e) {
      throw new IOException("a name cannot be written in this locale: " + e.getMessage(), e);
    }
  }

  /** Every name begins with the same part, which becomes {@link #name}. */
  private Path place(String member) throws IOException {
    int slash = member.indexOf('/');
    var place = directory.resolve(name);
    if (slash >= 0) {
      for (var part : Path.of(member.substring(slash + 1))) {
        if (part.toString().equals("..")) {
          throw new IOException("the container's archive has a name that leads out: " + member);
        }
        if (Files.isSymbolicLink(place)) {
          throw new IOException("the container's archive leads through a link: " + member);
        }
        place = place.resolve(part);
      }
    }
    return place.normalize();
  }

  private void write(TarReader reader, Member member) throws IOException {
    var place = place(member.name());
    if (place.equals(directory) && member.type() != Member.DIRECTORY) {
      throw new IOException("the container's archive puts a file in the target's place");
    }
    switch (member.type()) {
      case Member.DIRECTORY -> {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(place);
        }
      }
      case Member.FILE -> writeFile(reader, place, member);
      case Member.SYMBOLIC_LINK -> {
        Files.deleteIfExists(place);
        Files.createSymbolicLink(place, Path.of(member.link()));
      }
      case Member.HARD_LINK -> {
        Files.deleteIfExists(place);
        Files.createLink(place, place(member.link()));
      }
      default -> {} // devices and FIFOs are the container's own business
    }
  }

  private static void writeFile(TarReader reader, Path place, Member member) throws IOException {
    Files.deleteIfExists(place);
    try (var to = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW)) {
      var buffer = new byte[BUFFER];
      for (int length = reader.content(buffer); length > 0; length = reader.content(buffer)) {
        to.write(buffer, 0, length);
      }
    }
    Files.setPosixFilePermissions(place, permissions(member.mode()));
    Files.setLastModifiedTime(place, FileTime.from(member.modified(), TimeUnit.SECONDS));
  }

  /** The lower nine bits as ls(1) writes them. */
  private static Set<PosixFilePermission> permissions(int mode) {
    var text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode >> bit & 1) != 0 ? "rwx".charAt((8 - bit) % 3) : '-');
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
