package caisson.runtime;

import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Sockets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The daemon, asked over its Unix socket: one request a connection (HTTP/1.1, RFC 9112). */
final class Daemon {
  private static final int MAX_HEAD = 16 << 10;
  private static final int HELD = 3;
  private static final int KEPT = 4;
  private static final int NO_CONTENT = 204;
  private static final int SWITCHING = 101;

  private final String socket;
  private final Optional<String> program;

  /**
   * @param program started when nobody listens
   */
  Daemon(String socket, Optional<String> program) {
    this.socket = socket;
    this.program = program;
  }

  /** The same by way of descriptor 3, which stays good in another root with a proc of its own. */
  Daemon held() {
    int slash = socket.lastIndexOf('/');
    int directory = Files.open(socket.substring(0, slash + 1), Files.O_PATH | Files.O_DIRECTORY);
    if (directory != HELD) {
      Descriptors.duplicateTo(directory, HELD);
    }
    return new Daemon("/proc/self/fd/" + HELD + socket.substring(slash), Optional.empty());
  }

  /** Keeps {@code fd} from {@link #closeRest}; answers its number from here on. */
  static int keep(int fd) {
    if (fd != KEPT) {
      Descriptors.duplicateTo(fd, KEPT);
    }
    return KEPT;
  }

  /** Closes all that this process has open but its standard streams and what is held and kept. */
  static void closeRest() {
    Descriptors.closeFrom(KEPT + 1);
  }

  /**
   * Asks and waits for the answer's body.
   *
   * @throws RuntimeFailure with the daemon's words if it refuses
   */
  byte[] ask(String method, String path, byte[] body) {
    int fd = open();
    try {
      send(fd, method, path, "Connection: close\r\n", body);
      Head head = Head.read(fd);
      byte[] answer = head.status() == NO_CONTENT ? new byte[0] : head.rest(fd);
      if (head.status() >= 300) {
        throw new RuntimeFailure(JsonText.message(new String(answer, StandardCharsets.UTF_8)));
      }
      return answer;
    } finally {
      Descriptors.close(fd);
    }
  }

  /** A connection that carries frames from here on; empty if nobody listens. */
  Optional<Integer> upgrade(String path) {
    int fd = Sockets.open(Sockets.AF_UNIX, Sockets.SOCK_STREAM, 0);
    try {
      Sockets.connect(fd, Sockets.unixAddress(socket), socket);
      send(fd, "POST", path, "Connection: Upgrade\r\nUpgrade: tcp\r\n", new byte[0]);
      Head head = Head.read(fd);
      if (head.status() == SWITCHING) {
        return Optional.of(fd);
      }
      String why = new String(head.rest(fd), StandardCharsets.UTF_8);
      Descriptors.close(fd);
      throw new RuntimeFailure(JsonText.message(why));
    } catch (ErrnoException e) {
      Descriptors.close(fd);
      return Optional.empty();
    }
  }

  private static void send(int fd, String method, String path, String headers, byte[] body) {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: caisson\r\n"
            + headers
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    Descriptors.writeAll(fd, head.getBytes(StandardCharsets.UTF_8));
    Descriptors.writeAll(fd, body);
  }

  private int open() {
    Optional<Integer> connected = connect();
    if (connected.isEmpty() && program.isPresent()) {
      new DaemonStart(program.get(), socket).run();
      connected = connect();
    }
    return connected.orElseThrow(
        () -> new RuntimeFailure("nobody listens on " + socket + "; is caissond running?"));
  }

  /** Connects, if somebody listens. */
  Optional<Integer> connect() {
    int fd = Sockets.open(Sockets.AF_UNIX, Sockets.SOCK_STREAM, 0);
    try {
      Sockets.connect(fd, Sockets.unixAddress(socket), socket);
      return Optional.of(fd);
    } catch (ErrnoException e) {
      Descriptors.close(fd);
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ECONNREFUSED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What comes before an answer's body. */
  private record Head(int status) {
    static Head read(int fd) {
      StringBuilder head = new StringBuilder();
      byte[] one = new byte[1];
      while (head.length() < MAX_HEAD
          && head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
        if (Descriptors.read(fd, one, 0, 1) != 1) {
          throw new RuntimeFailure("the daemon ended the connection instead of answering");
        }
        head.append((char) (one[0] & 0xff));
      }
      return new Head(Integer.parseInt(head.substring(9, 12)));
    }

    /** The body; the connection ends behind it. */
    byte[] rest(int fd) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      int count = Descriptors.read(fd, buffer, 0, buffer.length);
      while (count > 0) {
        body.write(buffer, 0, count);
        count = Descriptors.read(fd, buffer, 0, buffer.length);
      }
      return body.toByteArray();
    }
  }
}
