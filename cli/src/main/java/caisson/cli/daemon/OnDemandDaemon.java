package caisson.cli.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Dialer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * The daemon, started when none answers. Command lines that come at the same time start one: a lock
 * beside the socket has all but the first wait, and then find it there.
 */
public final class OnDemandDaemon implements Dialer {
  /** Generous: a first start probes the accelerator with a guest. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HostAddress host;
  private final DaemonSocket socket;
  private final Optional<Path> installation;

  /**
   * The daemon at {@code host}.
   *
   * @param installation where its program is; nothing is started without one
   */
  public OnDemandDaemon(HostAddress host, Optional<Path> installation) {
    this.host = host;
    this.socket = new DaemonSocket(host);
    this.installation = installation;
  }

  @Override
  public SocketChannel dial() {
    if (!host.chosen()) {
      requireOwnDirectory();
    }
    return socket.connect().orElseGet(this::startAndDial);
  }

  private SocketChannel startAndDial() {
    if (host.chosen() || installation.isEmpty()) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE,
          "Cannot connect to the Caisson daemon at " + host + ". Is caissond running?");
    }
    makeDirectory();
    try (var lock =
        FileChannel.open(
            host.beside("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      return socket.connect().orElseGet(() -> start(installation.get()));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "cannot start the daemon: " + e.getMessage(), e);
    }
  }

  /** In somebody else's directory, as anybody can make one in /tmp, that user's daemon listens. */
  private void requireOwnDirectory() {
    var directory = host.directory();
    try {
      if (Files.exists(directory) && !owner(directory).equals(user())) {
        throw new CaissonException(
            ErrorCode.FORBIDDEN,
            "%s, where this user's daemon listens, belongs to another user; set XDG_RUNTIME_DIR"
                .formatted(directory));
      }
    } catch (IOException e) {
      throw noDirectory(e);
    }
  }

  private void makeDirectory() {
    try {
      if (!Files.isDirectory(host.directory())) {
        // Root's machines run as other users, who pass through here.
        var mode = PosixFilePermissions.fromString(user().equals(0) ? "rwxr-xr-x" : "rwx------");
        Files.createDirectories(host.directory(), PosixFilePermissions.asFileAttribute(mode));
      }
    } catch (IOException e) {
      throw noDirectory(e);
    }
    requireOwnDirectory();
  }

  private CaissonException noDirectory(IOException e) {
    return new CaissonException(
        ErrorCode.UNAVAILABLE,
        "there is no directory %s for the daemon's socket: %s".formatted(host.directory(), e),
        e);
  }

  private static Object user() throws IOException {
    return owner(Path.of("/proc/self"));
  }

  private static Object owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid");
  }

  private SocketChannel start(Path program) {
    var daemon =
        DaemonProcess.start(
            program.resolve("bin/caissond"), host.socket(), host.beside("start.log"));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean running = daemon.runs();
      long rest = end - System.nanoTime();
      if (socket.answers(Duration.ofNanos(rest))) {
        return socket.connect().orElseThrow(() -> daemon.failed("has ended"));
      }
      if (!running) {
        throw daemon.failed("has ended");
      }
      if (rest < 0) {
        throw daemon.failed("does not answer after " + PATIENCE.toSeconds() + " seconds");
      }
    }
  }
}
