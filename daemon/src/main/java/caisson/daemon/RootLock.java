package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to a directory, which one daemon has at a time; its end gives it back. */
final class RootLock implements AutoCloseable {
  private final FileChannel file;

  private RootLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the right.
   *
   * @throws CaissonException UNAVAILABLE if another daemon has it
   */
  static RootLock take(Path root) {
    var path = root.resolve("caissond.pid");
    try {
      var file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (file.tryLock() == null) {
        file.close();
        throw new CaissonException(
            ErrorCode.UNAVAILABLE,
            "another daemon (process %s) uses %s: stop it, or give this one another --root"
                .formatted(Files.readString(path).strip(), root));
      }
      file.truncate(0);
      var pid = Long.toString(ProcessHandle.current().pid());
      file.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new RootLock(file);
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.UNAVAILABLE, "cannot lock " + path + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot give up the lock: " + e, e);
    }
  }
}
