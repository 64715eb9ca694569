package caisson.cli.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A daemon that this process has started. It has a session of its own, reads nothing, writes to a
 * log and holds none of this process's descriptors, so it outlives whoever started it and keeps no
 * pipe of theirs open.
 */
final class DaemonProcess {
  private static final int LOG_END = 2000;
  private static final int STEP_MILLIS = 20;

  private final Process process;
  private final Path log;
  private final long logStart;

  private DaemonProcess(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /** Starts {@code program} for {@code socket}. */
  static DaemonProcess start(Path program, Path socket, Path log) {
    try {
      long length = log.toFile().length();
      var process =
          new ProcessBuilder("setsid", program.toString(), "--socket", socket.toString())
              .directory(new File("/"))
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .redirectErrorStream(true)
              .start();
      return new DaemonProcess(process, log, length);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "cannot start the daemon: " + e.getMessage(), e);
    }
  }

  /** Whether it still runs, a moment from now. */
  boolean runs() {
    try {
      return !process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(ErrorCode.UNAVAILABLE, "interrupted", e);
    }
  }

  /** What to throw when it does not come up. */
  CaissonException failed(String how) {
    return new CaissonException(
        ErrorCode.UNAVAILABLE,
        "the daemon was started and %s; the end of its log (%s):%n%s"
            .formatted(how, log, logEnd()));
  }

  private String logEnd() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(logStart, file.length() - LOG_END);
      byte[] end = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(cannot be read: " + e.getMessage() + ")";
    }
  }
}
