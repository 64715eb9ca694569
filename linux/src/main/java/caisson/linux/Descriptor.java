package caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file of this process, closed on exec, with its number. */
public final class Descriptor implements AutoCloseable {
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int O_RDWR_CLOEXEC = 0x80002;

  // open is variadic from its third argument; without saying so, arm64 passes it elsewhere.
  private static final MethodHandle OPEN =
      Libc.bind(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      Libc.bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final int number;
  private final AtomicBoolean closed = new AtomicBoolean();

  Descriptor(int number) {
    this.number = number;
  }

  /** Opens {@code file} to be read. */
  public static Descriptor openToRead(Path file) throws IOException {
    return open(file, O_RDONLY_CLOEXEC);
  }

  /** Opens {@code file} to be read and written. */
  public static Descriptor openToWrite(Path file) throws IOException {
    return open(file, O_RDWR_CLOEXEC);
  }

  private static Descriptor open(Path file, int flags) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(file.toString()), flags);
      Libc.check(fd, "open " + file, state);
      return new Descriptor(fd);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  int number() {
    return number;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (var arena = Arena.ofConfined()) {
        int _ = (int) CLOSE.invokeExact(Libc.state(arena), number);
      } catch (Throwable e) {
        throw Libc.impossible(e);
      }
    }
  }
}
