package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to be the only daemon on a directory, held as a lock on the file that says its process
 * id. The kernel takes it back when the daemon ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel file;

  private DirectoryLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes it.
   *
   * @param option by which a daemon gets another directory
   * @throws CaissonException UNAVAILABLE with the other daemon's process id
   */
  static DirectoryLock take(Path directory, String option) {
    var path = directory.resolve("caissond.pid");
    try {
      var file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!lock(file)) {
        var holder = content(file);
        file.close();
        throw new CaissonException(
            ErrorCode.UNAVAILABLE,
            "another daemon (process %s) works on %s; stop it or use %s"
                .formatted(holder, directory, option));
      }
      file.truncate(0);
      file.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return new DirectoryLock(file);
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.NO_RESOURCES, "cannot lock " + path + ": " + e, e);
    }
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String content(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    file.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
