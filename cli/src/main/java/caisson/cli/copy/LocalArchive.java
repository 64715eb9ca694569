package caisson.cli.copy;

import caisson.cli.flag.Values;
import caisson.guest.tar.Member;
import caisson.guest.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file or directory of this host as a tar archive for a container.
 *
 * @param source what is archived
 * @param name what it is called in the archive; "" for a directory's content alone
 * @param directory where in the container the archive belongs
 */
public record LocalArchive(Path source, String name, String directory) {
  private static final int BUFFER = 64 << 10;

  /**
   * What is sent, by the rules of {@code docker cp}.
   *
   * @param target the path in the container, with links followed
   * @param there what is at that path
   */
  public static LocalArchive of(
      String source, boolean follow, String target, Optional<PathStat> there) throws IOException {
    var path = Path.of(source);
    boolean content = CopyPath.meansContent(source);
    boolean through = follow || content || source.endsWith("/");
    var real = through ? path.toRealPath() : path.toAbsolutePath().normalize();
    boolean isDirectory = Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS);
    var name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    if (there.isPresent() && there.get().isDirectory()) {
      return new LocalArchive(real, content ? "" : name, target);
    }
    if (there.isPresent() && isDirectory) {
      throw Values.invalid("cannot copy directory");
    }
    if (there.isEmpty() && CopyPath.meansDirectory(target) && !isDirectory) {
      throw Values.invalid("destination directory \"" + target + "\" does not exist");
    }
    return new LocalArchive(real, CopyPath.name(target), CopyPath.parent(target));
  }

  /** The archive, made while it is read. */
  public InputStream open() throws IOException {
    var input = new PipedInputStream(BUFFER);
    var output = new PipedOutputStream(input);
    Thread.ofPlatform().daemon().name("archive").start(() -> write(output));
    return input;
  }

  private void write(PipedOutputStream output) {
    try (output) {
      var writer =
          new TarWriter((bytes, offset, length) -> {
            try {
              output.write(bytes, offset, length);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      Files.walkFileTree(source, new Visitor(writer));
      writer.end();
    } catch (IOException | UncheckedIOException e) {
      // An archive without an end is refused by whoever reads it.
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final TarWriter writer;

    Visitor(TarWriter writer) {
      this.writer = writer;
    }

    private String nameOf(Path file) {
      var below = source.relativize(file).toString();
      return name.isEmpty() || below.isEmpty() ? name + below : name + "/" + below;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (!nameOf(directory).isEmpty()) {
        begin(directory, Member.DIRECTORY, 0, "");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        begin(file, Member.SYMBOLIC_LINK, 0, Files.readSymbolicLink(file).toString());
      } else if (attributes.isRegularFile()) {
        content(file, attributes.size());
      }
      return FileVisitResult.CONTINUE;
    }

    private void content(Path file, long size) throws IOException {
      try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        begin(file, Member.FILE, size, "");
        var buffer = new byte[BUFFER];
        long left = size;
        while (left > 0) {
          int length = content.read(buffer, 0, (int) Math.min(left, buffer.length));
          if (length < 0) {
            throw new IOException(file + " has become shorter while it was copied");
          }
          writer.content(buffer, 0, length);
          left -= length;
        }
        writer.pad(size);
      }
    }

    private void begin(Path file, char type, long size, String link) throws IOException {
      var modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
      writer.begin(
          new Member(
              nameOf(file),
              type,
              number(file, "mode") & 07777,
              number(file, "uid"),
              number(file, "gid"),
              size,
              modified.to(TimeUnit.SECONDS),
              link,
              0,
              0,
              List.of()));
    }

    private static int number(Path file, String attribute) throws IOException {
      return (int) Files.getAttribute(file, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
