package caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A descriptor of this process as a terminal: termios(3) and the window size of ioctl_tty(2). The
 * five calls that a command line needs are bound directly: a terminal library would bring line
 * editing, terminal descriptions and their start-up time with them.
 */
public final class Terminal {
  /** Larger than {@code struct termios} is on any architecture (60 bytes with glibc). */
  private static final long TERMIOS = 128;

  /** Four unsigned shorts: rows, columns and two that nobody fills. */
  private static final long WINSIZE = 8;

  private static final long TIOCGWINSZ = 0x5413;
  private static final int TCSADRAIN = 1;

  private static final MethodHandle ISATTY =
      Libc.bind("isatty", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle TCGETATTR =
      Libc.bind("tcgetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle TCSETATTR =
      Libc.bind("tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle CFMAKERAW =
      Libc.bind("cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));
  // ioctl is variadic from its third argument; without saying so, arm64 passes it elsewhere.
  private static final MethodHandle IOCTL =
      Libc.bind(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));

  private final int descriptor;

  /** The terminal, or whatever else it is, behind {@code descriptor}. */
  public Terminal(int descriptor) {
    this.descriptor = descriptor;
  }

  /** A terminal's size in character cells. */
  public record Size(int rows, int columns) {}

  /** Whether it is a terminal: isatty(3). */
  public boolean exists() {
    try (var arena = Arena.ofConfined()) {
      return (int) ISATTY.invokeExact(Libc.state(arena), descriptor) == 1;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  /** Its size; empty where it is no terminal or nobody has told it its size. */
  public Optional<Size> size() {
    try (var arena = Arena.ofConfined()) {
      var window = arena.allocate(WINSIZE, JAVA_SHORT.byteAlignment());
      int result = (int) IOCTL.invokeExact(Libc.state(arena), descriptor, TIOCGWINSZ, window);
      int rows = Short.toUnsignedInt(window.get(JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(window.get(JAVA_SHORT, Short.BYTES));
      return result == 0 && rows > 0 && columns > 0
          ? Optional.of(new Size(rows, columns))
          : Optional.empty();
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  /**
   * Hands every key to the reader as it is, without echo, line editing and signals, until the
   * answer is closed, which may happen more than once and from any thread.
   *
   * @throws CaissonException if it is no terminal
   */
  public RawMode raw() {
    var before = Arena.ofAuto().allocate(TERMIOS, JAVA_LONG.byteAlignment());
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      check((int) TCGETATTR.invokeExact(state, descriptor, before), state);
      var raw = arena.allocate(TERMIOS, JAVA_LONG.byteAlignment()).copyFrom(before);
      CFMAKERAW.invokeExact(state, raw);
      check((int) TCSETATTR.invokeExact(state, descriptor, TCSADRAIN, raw), state);
      return new RawMode(before);
    } catch (CaissonException e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  private void check(int result, MemorySegment state) {
    if (result != 0) {
      throw new CaissonException(
          ErrorCode.INTERNAL,
          "cannot change the terminal on descriptor %d: errno %d"
              .formatted(descriptor, Libc.errno(state)));
    }
  }

  /** A terminal in raw mode, with what it takes to bring it back. */
  public final class RawMode implements AutoCloseable {
    private final MemorySegment before;

    private RawMode(MemorySegment before) {
      this.before = before;
    }

    /** Restores what was set before; a terminal that has gone away needs no restoring. */
    @Override
    public void close() {
      try (var arena = Arena.ofConfined()) {
        int _ = (int) TCSETATTR.invokeExact(Libc.state(arena), descriptor, TCSADRAIN, before);
      } catch (Throwable e) {
        throw Libc.impossible(e);
      }
    }
  }
}
