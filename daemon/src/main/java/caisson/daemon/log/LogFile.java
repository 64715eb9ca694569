package caisson.daemon.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that text is appended to; when it is full it becomes the one before, and a new begins. */
final class LogFile implements LogTarget {
  private final Path path;
  private final long limit;
  private OutputStream out;
  private long size;

  private LogFile(Path path, long limit) throws IOException {
    this.path = path;
    this.limit = limit;
    this.out = open(path);
    this.size = Files.size(path);
  }

  /**
   * Opens it for appending.
   *
   * @param limit bytes of each of the two files
   */
  static LogFile open(Path path, long limit) throws IOException {
    return new LogFile(path, limit);
  }

  private static OutputStream open(Path path) throws IOException {
    if (!Files.exists(path)) {
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.createFile(path, mode);
    }
    return Files.newOutputStream(path, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (size > 0 && size + bytes.length > limit) {
        rotate();
      }
      out.write(bytes);
      size += bytes.length;
    } catch (IOException e) {
      // A log that cannot be written has nowhere to say so; what it is about goes on.
    }
  }

  private void rotate() throws IOException {
    out.close();
    Files.move(
        path,
        path.resolveSibling(path.getFileName() + ".1"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    out = open(path);
    size = 0;
  }
}
