package caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** A terminal with nobody in front of it: openpty(3). */
final class PseudoTerminal implements AutoCloseable {
  private static final long TIOCSWINSZ = 0x5414;

  private static final MethodHandle OPENPTY =
      Libc.bind(
          "openpty", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle IOCTL =
      Libc.bind(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      Libc.bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final int keyboard;
  private final int screen;

  private PseudoTerminal(int keyboard, int screen) {
    this.keyboard = keyboard;
    this.screen = screen;
  }

  static PseudoTerminal open() throws Throwable {
    try (var arena = Arena.ofConfined()) {
      var ends = arena.allocate(JAVA_INT, 2);
      var none = MemorySegment.NULL;
      int result =
          (int)
              OPENPTY.invokeExact(
                  Libc.state(arena), ends, ends.asSlice(Integer.BYTES), none, none, none);
      if (result != 0) {
        throw new AssertionError("no pseudo terminal to be had");
      }
      return new PseudoTerminal(ends.get(JAVA_INT, 0), ends.get(JAVA_INT, Integer.BYTES));
    }
  }

  Terminal terminal() {
    return new Terminal(screen);
  }

  void resize(int rows, int columns) throws Throwable {
    try (var arena = Arena.ofConfined()) {
      var window = arena.allocate(JAVA_SHORT, 4);
      window.set(JAVA_SHORT, 0, (short) rows);
      window.set(JAVA_SHORT, Short.BYTES, (short) columns);
      int _ = (int) IOCTL.invokeExact(Libc.state(arena), keyboard, TIOCSWINSZ, window);
    }
  }

  /** Everything that is set, as stty(1) writes it for itself. */
  String settings() throws Exception {
    var stty =
        new ProcessBuilder("stty", "-g", "-F", "/proc/%d/fd/%d".formatted(pid(), screen)).start();
    var text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    stty.waitFor();
    return text.strip();
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public void close() {
    try (var arena = Arena.ofConfined()) {
      int _ = (int) CLOSE.invokeExact(Libc.state(arena), screen);
      int _ = (int) CLOSE.invokeExact(Libc.state(arena), keyboard);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
