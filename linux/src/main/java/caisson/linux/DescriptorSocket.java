package caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The client's end of a Unix stream socket over which open files can be handed (unix(7),
 * SCM_RIGHTS), which Java's channels cannot do. It blocks the thread it is used on, a virtual
 * thread's carrier too: for short talks with whoever answers at once.
 */
public final class DescriptorSocket implements ReadableByteChannel {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM_CLOEXEC = 0x80001;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MAX_PATH = 107;

  private static final MethodHandle SOCKET =
      Libc.bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CONNECT =
      Libc.bind("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      Libc.bind(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SENDMSG =
      Libc.bind("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle RECV =
      Libc.bind("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private final Path path;
  private final Descriptor descriptor;
  private boolean open = true;

  private DescriptorSocket(Path path, Descriptor descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * Connects to whoever listens at {@code path}.
   *
   * @param timeout of every send and read, which then fails
   */
  public static DescriptorSocket connect(Path path, Duration timeout) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      int fd = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_STREAM_CLOEXEC, 0);
      Libc.check(fd, "socket", state);
      var socket = new DescriptorSocket(path, new Descriptor(fd));
      try {
        socket.setTimeouts(arena, state, timeout);
        socket.connect(arena, state);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  private void setTimeouts(Arena arena, MemorySegment state, Duration timeout) throws IOException {
    var timeval = arena.allocate(16, 8);
    timeval.set(JAVA_LONG, 0, timeout.toSeconds());
    timeval.set(JAVA_LONG, 8, timeout.toNanosPart() / 1000);
    for (int option : new int[] {SO_RCVTIMEO, SO_SNDTIMEO}) {
      int result;
      try {
        result =
            (int)
                SETSOCKOPT.invokeExact(state, descriptor.number(), SOL_SOCKET, option, timeval, 16);
      } catch (Throwable e) {
        throw Libc.impossible(e);
      }
      Libc.check(result, "setsockopt", state);
    }
  }

  private void connect(Arena arena, MemorySegment state) throws IOException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_PATH) {
      throw new IOException("the path of the socket " + path + " is too long");
    }
    var address = arena.allocate(2 + MAX_PATH + 1, 2);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(MemorySegment.ofArray(name), 0, address, 2, name.length);
    int result;
    try {
      result = (int) CONNECT.invokeExact(state, descriptor.number(), address, 3 + name.length);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
    Libc.check(result, "connect to " + path, state);
  }

  /** Sends {@code bytes}. */
  public void send(byte[] bytes) throws IOException {
    try (var arena = Arena.ofConfined()) {
      send(arena, bytes, MemorySegment.NULL);
    }
  }

  /** Sends {@code bytes}, and {@code passed} with the first of them. */
  public void send(byte[] bytes, Descriptor passed) throws IOException {
    try (var arena = Arena.ofConfined()) {
      // struct cmsghdr: size_t length, int level, int type; then the descriptor's number.
      var control = arena.allocate(24, 8);
      control.set(JAVA_LONG, 0, 20);
      control.set(JAVA_INT, 8, SOL_SOCKET);
      control.set(JAVA_INT, 12, SCM_RIGHTS);
      control.set(JAVA_INT, 16, passed.number());
      send(arena, bytes, control);
    }
  }

  private void send(Arena arena, byte[] bytes, MemorySegment control) throws IOException {
    var data = arena.allocate(Math.max(1, bytes.length));
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, data, 0, bytes.length);
    long done = sendOnce(arena, data.asSlice(0, bytes.length), control);
    while (done < bytes.length) {
      done += sendOnce(arena, data.asSlice(done, bytes.length - done), MemorySegment.NULL);
    }
  }

  private long sendOnce(Arena arena, MemorySegment data, MemorySegment control) throws IOException {
    // struct iovec: pointer, length; struct msghdr: name, its length, vector, count, control…
    var vector = arena.allocate(16, 8);
    vector.set(ADDRESS, 0, data);
    vector.set(JAVA_LONG, 8, data.byteSize());
    var message = arena.allocate(56, 8);
    message.set(ADDRESS, 16, vector);
    message.set(JAVA_LONG, 24, 1);
    message.set(ADDRESS, 32, control);
    message.set(JAVA_LONG, 40, control.byteSize());
    var state = Libc.state(arena);
    try {
      long sent = (long) SENDMSG.invokeExact(state, descriptor.number(), message, MSG_NOSIGNAL);
      return Libc.check(sent, "send to " + path, state);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      var data = arena.allocate(Math.max(1, buffer.remaining()));
      long size = buffer.remaining();
      long count = (long) RECV.invokeExact(state, descriptor.number(), data, size, 0);
      Libc.check(count, "receive from " + path, state);
      buffer.put(data.asSlice(0, count).asByteBuffer());
      return count == 0 && size > 0 ? -1 : (int) count;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    descriptor.close();
  }
}
