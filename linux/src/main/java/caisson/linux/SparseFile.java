package caisson.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a file has data and where it has holes: lseek(2) with SEEK_DATA and SEEK_HOLE. */
public final class SparseFile {
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int ENXIO = 6;

  private static final MethodHandle LSEEK =
      Libc.bind("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));

  private SparseFile() {}

  /** A run of bytes that the file system stores. */
  public record Extent(long offset, long length) {}

  /** All runs of data in {@code file}, in order; holes, which read as zeros, are left out. */
  public static List<Extent> extents(Path file) throws IOException {
    try (var arena = Arena.ofConfined();
        var descriptor = Descriptor.openToRead(file)) {
      return extents(Libc.state(arena), descriptor.number(), file);
    }
  }

  private static List<Extent> extents(MemorySegment state, int fd, Path file) throws IOException {
    var extents = new ArrayList<Extent>();
    long data = seek(state, fd, 0, SEEK_DATA, file);
    while (data >= 0) {
      long hole = seek(state, fd, data, SEEK_HOLE, file);
      extents.add(new Extent(data, hole - data));
      data = seek(state, fd, hole, SEEK_DATA, file);
    }
    return extents;
  }

  /** The place found, or -1 if there is none up to the end of the file. */
  private static long seek(MemorySegment state, int fd, long from, int whence, Path file)
      throws IOException {
    long result;
    try {
      result = (long) LSEEK.invokeExact(state, fd, from, whence);
    } catch (Throwable e) {
      throw Libc.impossible(e);
    }
    if (result < 0 && Libc.errno(state) == ENXIO) {
      return -1;
    }
    return Libc.check(result, "lseek in " + file, state);
  }
}
