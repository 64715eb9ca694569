package caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * A file that is in memory only and has no name (memfd_create(2)). It is there as long as somebody
 * has it open or mapped.
 */
public final class MemoryFile implements AutoCloseable {
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int F_ADD_SEALS = 1033;
  private static final int F_SEAL_SEAL = 1;
  private static final int F_SEAL_SHRINK = 2;
  private static final int F_SEAL_GROW = 4;
  private static final int F_SEAL_WRITE = 8;

  /** Who may open it at all is said by who may look into this process's /proc/PID/fd. */
  private static final int MODE = 0666;

  private static final MethodHandle MEMFD_CREATE =
      Libc.bind("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle FTRUNCATE =
      Libc.bind("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle FCHMOD =
      Libc.bind("fchmod", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle FCNTL =
      Libc.bind(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  private final Descriptor descriptor;

  private MemoryFile(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Makes one that is all holes.
   *
   * @param name what /proc/PID/maps calls it
   * @param size in bytes
   */
  public static MemoryFile create(String name, long size) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
      int fd = (int) MEMFD_CREATE.invokeExact(state, arena.allocateFrom(name), flags);
      Libc.check(fd, "memfd_create", state);
      var file = new MemoryFile(new Descriptor(fd));
      try {
        Libc.check((int) FCHMOD.invokeExact(state, fd, MODE), "fchmod", state);
        Libc.check((int) FTRUNCATE.invokeExact(state, fd, size), "ftruncate", state);
        return file;
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  /**
   * By which every process that may trace this one can open it, for as long as it is not closed.
   */
  public Path path() {
    return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor.number());
  }

  /**
   * From now on nobody can change content or size, whatever they have opened it for; private
   * mappings can still be written to. It must not be mapped shared and writable by anybody.
   */
  public void seal() throws IOException {
    int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    try (var arena = Arena.ofConfined()) {
      var state = Libc.state(arena);
      int result = (int) FCNTL.invokeExact(state, descriptor.number(), F_ADD_SEALS, seals);
      Libc.check(result, "fcntl F_ADD_SEALS", state);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
