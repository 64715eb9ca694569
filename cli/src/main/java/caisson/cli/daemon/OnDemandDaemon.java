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
    return socket.connect().orElseGet(this::startAndDial);
  }

  private SocketChannel startAndDial() {
    if (host.chosen() || installation.isEmpty()) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE,
          "Cannot connect to the Caisson daemon at " + host + ". Is caissond running?");
    }
    var directory = ownDirectory();
    try (var lock =
        FileChannel.open(
            directory.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      return socket.connect().orElseGet(() -> start(directory, installation.get()));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "cannot start the daemon: " + e.getMessage(), e);
    }
  }

  /** A directory in which nobody else can put a socket in the daemon's place. */
  private Path ownDirectory() {
    var directory = host.directory();
    try {
      var user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      if (!Files.isDirectory(directory)) {
        // Root's machines run as other users, who pass through here.
        var mode = PosixFilePermissions.fromString(user.equals(0) ? "rwxr-xr-x" : "rwx------");
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(mode));
      }
      if (!user.equals(Files.getAttribute(directory, "unix:uid"))) {
        throw new CaissonException(
            ErrorCode.FORBIDDEN,
            "cannot start the daemon: " + directory + " belongs to another user");
      }
      return directory;
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "cannot start the daemon: no directory " + directory, e);
    }
  }

  private SocketChannel start(Path directory, Path program) {
    var daemon =
        DaemonProcess.start(
            program.resolve("bin/caissond"), host.socket(), directory.resolve("start.log"));
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
