package caisson.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** How functions of the C library are called: each takes a place for errno before its arguments. */
final class Libc {
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

  private Libc() {}

  /** Binds the function {@code name}. */
  @SuppressWarnings("restricted") // the reason why this module needs --enable-native-access
  static MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... options) {
    var all = new Linker.Option[options.length + 1];
    all[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(options, 0, all, 1, options.length);
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, all);
  }

  /** A place where a call leaves errno. */
  static MemorySegment state(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  /** What the last failed call with {@code state} left there. */
  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /** {@code result}, or the failure of the call {@code what} if it is negative. */
  static long check(long result, String what, MemorySegment state) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed: errno " + errno(state));
    }
    return result;
  }

  /** For the catch block that {@code invokeExact} demands. */
  static AssertionError impossible(Throwable e) {
    return new AssertionError("a downcall throws nothing checked", e);
  }
}
