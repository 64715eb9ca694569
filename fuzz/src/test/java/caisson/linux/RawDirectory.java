package caisson.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** An open directory in which names of any bytes are made, without a path that leads there. */
record RawDirectory(int descriptor) implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int O_CREAT = 0x40;
  private static final int O_DIRECTORY = 0x10000;
  private static final MethodHandle OPENAT =
      Libc.bind("openat", function(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle MKDIRAT = Libc.bind("mkdirat", function(ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      Libc.bind("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static FunctionDescriptor function(ValueLayout... more) {
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)
        .appendArgumentLayouts(more);
  }

  static RawDirectory of(Path path) throws IOException {
    return new RawDirectory(open(AT_FDCWD, path.toString().getBytes(UTF_8), O_DIRECTORY));
  }

  /** Makes a directory, or finds it, and opens it; fails if it is something else. */
  RawDirectory enter(byte[] name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      int _ = (int) MKDIRAT.invokeExact(Libc.state(arena), descriptor, text(arena, name), 0700);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
    return new RawDirectory(open(descriptor, name, O_DIRECTORY));
  }

  /** Makes an empty file. */
  void touch(byte[] name) throws IOException {
    close(open(descriptor, name, O_CREAT));
  }

  private static int open(int at, byte[] name, int flags) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      int result = (int) OPENAT.invokeExact(state, at, text(arena, name), flags, 0600);
      return (int) Libc.check(result, "openat", state);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  private static MemorySegment text(Arena arena, byte[] name) {
    var text = arena.allocate(name.length + 1L);
    MemorySegment.copy(name, 0, text, ValueLayout.JAVA_BYTE, 0, name.length);
    return text;
  }

  @Override
  public void close() {
    close(descriptor);
  }

  private static void close(int descriptor) {
    try (var arena = Arena.ofConfined()) {
      int _ = (int) CLOSE.invokeExact(Libc.state(arena), descriptor);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }
}
