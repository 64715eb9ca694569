package caisson.libc;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.teavm.interop.Address;

/** Sockets. Addresses are struct sockaddr as bytes; a helper makes those of Unix sockets. */
public final class Sockets {
  public static final int AF_UNIX = 1;
  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;
  public static final int AF_NETLINK = 16;
  public static final int AF_PACKET = 17;

  public static final int SOCK_STREAM = 1;
  public static final int SOCK_DGRAM = 2;
  public static final int SOCK_RAW = 3;
  public static final int SOCK_SEQPACKET = 5;
  public static final int SOCK_NONBLOCK = 0x800;
  public static final int SOCK_CLOEXEC = 0x80000;

  public static final int SOL_SOCKET = 1;

  private static final int UNIX_PATH_MAX = 108;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;
  private static final int CONTROL_SIZE = 24;
  private static final int CONTROL_LENGTH = 20;

  private Sockets() {}

  /** A new socket; SOCK_CLOEXEC is always added. */
  public static int open(int domain, int type, int protocol) {
    int fd = Libc.socket(domain, type | SOCK_CLOEXEC, protocol);
    return Errno.check(fd, "socket", "family " + domain);
  }

  /** Two connected Unix sockets; SOCK_CLOEXEC is always added. */
  public static int[] pair(int type) {
    int[] ends = new int[2];
    int result = Libc.socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, Address.ofData(ends));
    Errno.check(result, "socketpair", "");
    return ends;
  }

  /** struct sockaddr_un of {@code path}. */
  public static byte[] unixAddress(String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length >= UNIX_PATH_MAX) {
      throw new ErrnoException("socket path", path, Errno.ENAMETOOLONG);
    }
    byte[] address = new byte[2 + name.length + 1];
    address[0] = AF_UNIX;
    System.arraycopy(name, 0, address, 2, name.length);
    return address;
  }

  /** Binds; {@code operand} is what an error says. */
  public static void bind(int fd, byte[] address, String operand) {
    Errno.check(Libc.bind(fd, Address.ofData(address), address.length), "bind", operand);
  }

  public static void connect(int fd, byte[] address, String operand) {
    Errno.check(Libc.connect(fd, Address.ofData(address), address.length), "connect", operand);
  }

  public static void listen(int fd, int backlog) {
    Errno.check(Libc.listen(fd, backlog), "listen", fd);
  }

  /** Takes the next connection (flags: SOCK_NONBLOCK); SOCK_CLOEXEC is always added. */
  public static int accept(int fd, int flags) {
    int result = Libc.accept4(fd, Files.none(), Files.none(), flags | SOCK_CLOEXEC);
    return Errno.check(result, "accept", fd);
  }

  public static void setOption(int fd, int level, int option, int value) {
    int[] argument = {value};
    int result = Libc.setsockopt(fd, level, option, Address.ofData(argument), 4);
    Errno.check(result, "setsockopt", fd);
  }

  /** What one {@link #receive} got: bytes (none: the other side has gone) and a descriptor. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record Received(byte[] bytes, Optional<Integer> descriptor) {}

  /** Sends one byte with the descriptor {@code passed} over a Unix socket. */
  public static void sendDescriptor(int socket, int passed) {
    sendDescriptor(socket, new byte[1], passed);
  }

  /** Sends {@code bytes}, at least one, with the descriptor {@code passed}. */
  public static void sendDescriptor(int socket, byte[] bytes, int passed) {
    try (Scratch scratch = new Scratch()) {
      Block control = scratch.block(CONTROL_SIZE).putLong(0, CONTROL_LENGTH);
      control.putInt(8, SOL_SOCKET).putInt(12, SCM_RIGHTS).putInt(16, passed);
      Block message = message(scratch, scratch.block(bytes), control);
      Errno.check(Libc.sendmsg(socket, message.pointer(), 0), "sendmsg", socket);
    }
  }

  /** Receives what {@link #sendDescriptor} sent; empty when the other side has gone without it. */
  public static Optional<Integer> receiveDescriptor(int socket) {
    return receive(socket, 1).flatMap(Received::descriptor);
  }

  /**
   * Receives up to {@code limit} bytes and, if it comes with them, a descriptor (close-on-exec);
   * empty where a non-blocking socket has to wait.
   */
  public static Optional<Received> receive(int socket, int limit) {
    try (Scratch scratch = new Scratch()) {
      Block control = scratch.block(CONTROL_SIZE);
      Block data = scratch.block(limit);
      Block message = message(scratch, data, control);
      long length;
      do {
        length = Libc.recvmsg(socket, message.pointer(), MSG_CMSG_CLOEXEC);
      } while (length < 0 && Errno.last() == Errno.EINTR);
      if (length < 0 && Errno.last() == Errno.EAGAIN) {
        return Optional.empty();
      }
      Errno.check(length, "recvmsg", socket);
      boolean passed = message.getLong(40) >= CONTROL_LENGTH && control.getInt(12) == SCM_RIGHTS;
      Optional<Integer> fd = passed ? Optional.of(control.getInt(16)) : Optional.empty();
      return Optional.of(new Received(data.bytes(0, (int) length), fd));
    }
  }

  /** struct msghdr with one piece of data; the kernel writes the control length back at 40. */
  private static Block message(Scratch scratch, Block data, Block control) {
    Block vector = scratch.block(16).putLong(0, data.address()).putLong(8, data.size());
    return scratch
        .block(56)
        .putLong(16, vector.address())
        .putLong(24, 1)
        .putLong(32, control.address())
        .putLong(40, control.size());
  }
}
