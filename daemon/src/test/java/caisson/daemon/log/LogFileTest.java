package caisson.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
  private static final int LIMIT = 10;

  @TempDir private Path directory;

  @Test
  void keepsAFullFileAsTheOneBefore() throws IOException {
    var path = directory.resolve("log");
    var log = LogFile.open(path, LIMIT);
    log.write("12345");
    log.write("67890");
    assertThat(path).hasContent("1234567890");
    log.write("a");
    assertThat(path).hasContent("a");
    assertThat(directory.resolve("log.1")).hasContent("1234567890");
    log.write("a line longer than a file");
    log.write("b");
    assertThat(path).hasContent("b");
    assertThat(directory.resolve("log.1")).hasContent("a line longer than a file");
    assertThat(directory).isDirectoryContaining(file -> file.endsWith("log"));
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void goesOnWhereAnEarlierDaemonStopped() throws IOException {
    var path = Files.writeString(directory.resolve("log"), "12345");
    var log = LogFile.open(path, LIMIT);
    log.write("6");
    assertThat(path).hasContent("123456");
    log.write("7890a");
    assertThat(path).hasContent("7890a");
  }
}
