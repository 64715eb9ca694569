package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Response;
import caisson.cli.console.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Takes an archive that the daemon sends. */
final class Download {
  private static final int BUFFER = 64 << 10;

  private Download() {}

  /** Hands all of it on as it comes. */
  static void copy(InputStream archive, Output to) throws IOException {
    var buffer = new byte[BUFFER];
    for (int length = archive.read(buffer); length >= 0; length = archive.read(buffer)) {
      to.write(buffer, 0, length);
    }
  }

  /**
   * Keeps all of it in {@code file}, which has what it had before if it does not come whole; a
   * device or a FIFO is written as it comes.
   */
  static void save(Response archive, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw failure(file, "it is a directory", null);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      write(archive, file, file);
      return;
    }
    var part = part(file);
    try {
      write(archive, part, file);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Beside the file, so that it can take its name. */
  private static Path part(Path file) {
    try {
      return Files.createTempFile(file.toAbsolutePath().getParent(), ".caisson-", ".part");
    } catch (IOException e) {
      throw failure(file, e.toString(), e);
    }
  }

  private static void write(Response archive, Path to, Path asked) throws IOException {
    try (var stream = Files.newOutputStream(to)) {
      copy(archive.body(), new Output(stream));
    } catch (UncheckedIOException e) {
      throw failure(asked, String.valueOf(e.getCause()), e);
    }
  }

  private static void move(Path part, Path file) {
    try {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(file, e.toString(), e);
    }
  }

  private static CaissonException failure(Path file, String why, @Nullable Exception cause) {
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT, "cannot write " + file + ": " + why, cause);
  }
}
