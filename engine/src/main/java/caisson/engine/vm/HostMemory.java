package caisson.engine.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory the host has left (proc(5), /proc/meminfo). */
final class HostMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  /** What containers and their host should still have, in KiB. */
  private static final long RESERVE_KIB = 1 << 20;

  private HostMemory() {}

  /** Whether there is memory for what is not needed yet. */
  static boolean isPlenty() {
    try (var lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith(AVAILABLE))
          .map(line -> line.substring(AVAILABLE.length()).replace("kB", "").strip())
          .anyMatch(kib -> Long.parseLong(kib) > RESERVE_KIB);
    } catch (IOException e) {
      return false;
    }
  }
}
