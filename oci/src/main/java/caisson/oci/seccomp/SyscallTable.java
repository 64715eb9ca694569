package caisson.oci.seccomp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The system calls of one architecture by name, as Linux 6.1's headers list them (asm/unistd_64.h,
 * unistd_32.h, unistd_x32.h): a line for each, its name and its number.
 */
final class SyscallTable {
  private static final Map<String, SyscallTable> LOADED = new ConcurrentHashMap<>();

  private final Map<String, Integer> numbers;
  private final int last;

  private SyscallTable(Map<String, Integer> numbers) {
    this.numbers = numbers;
    this.last = Collections.max(numbers.values());
  }

  /** The table in the resource of that name. */
  static SyscallTable of(String resource) {
    return LOADED.computeIfAbsent(resource, SyscallTable::load);
  }

  private static SyscallTable load(String resource) {
    try (InputStream in = SyscallTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      var numbers = new LinkedHashMap<String, Integer>();
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(words -> numbers.put(words[0], Integer.valueOf(words[1])));
      return new SyscallTable(numbers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() {
    return numbers.keySet();
  }

  OptionalInt number(String name) {
    var number = numbers.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The highest number; those above it came later than the table. */
  int last() {
    return last;
  }
}
