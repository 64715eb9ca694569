package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What runs in a guest is what {@code guest/kernel/config} asks for. */
@ExtendWith(SharedDaemon.class)
class GuestKernelTest {
  private static final Path CONFIG = Path.of("../guest/kernel/config");
  private static final String LEFT_OUT = "=n";

  private final Cli caisson;

  GuestKernelTest(Cli caisson) {
    this.caisson = caisson;
  }

  @Test
  void theKernelHasEverySymbolAskedForAndNoneLeftOut() throws IOException {
    var has =
        caisson.out("run", "--rm", TestImage.NAME, "zcat", "/proc/config.gz").lines().toList();
    assertThat(has).containsAll(asked().stream().filter(line -> !isLeftOut(line)).toList());
    assertThat(asked().stream().filter(GuestKernelTest::isLeftOut).map(GuestKernelTest::setting))
        .isNotEmpty()
        .noneMatch(setting -> has.stream().anyMatch(line -> line.startsWith(setting)));
  }

  private static List<String> asked() throws IOException {
    return Files.readAllLines(CONFIG).stream().filter(line -> line.startsWith("CONFIG_")).toList();
  }

  private static boolean isLeftOut(String line) {
    return line.endsWith(LEFT_OUT);
  }

  /** The line without its value. */
  private static String setting(String line) {
    return line.substring(0, line.indexOf('=') + 1);
  }
}
