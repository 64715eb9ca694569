package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Lists of what may be, one entry a line; what follows {@code #} is for the reader. */
final class Golden {
  private Golden() {}

  /** Fails when {@code actual} holds anything that the list {@code name} does not. */
  static void check(String name, Collection<String> actual) throws IOException {
    assertThat(actual).as("nothing was found at all").isNotEmpty();
    assertThat(actual).as("what is not in " + name).isSubsetOf(lines(name));
  }

  private static List<String> lines(String name) throws IOException {
    try (var in = Golden.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst(" *#.*", ""))
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
