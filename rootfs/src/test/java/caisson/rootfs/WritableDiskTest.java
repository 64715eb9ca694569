package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WritableDiskTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {64L << 20, (100L << 20) + 5000, 10L << 30, 100L << 30})
  void isACleanFileSystem(long bytes) throws Exception {
    var disk = directory.resolve("disk");
    WritableDisk.create(disk, new ByteSize(bytes));
    assertThat(Files.size(disk)).isEqualTo(bytes / 4096 * 4096);
    assertThat(run("e2fsck", "-fn", disk.toString())).contains("Pass 5").doesNotContain("WARNING");
  }

  @Test
  void hasAnIdentityOfItsOwnInEverySuperblock() throws Exception {
    var first = directory.resolve("first");
    var second = directory.resolve("second");
    WritableDisk.create(first, ByteSize.ofGib(10));
    WritableDisk.create(second, ByteSize.ofGib(10));
    assertThat(identity(first)).isNotEqualTo(identity(second));
    assertThat(identity(first))
        .isEqualTo(identity(first, "-o", "superblock=819200", "-o", "blocksize=4096"));
  }

  @Test
  void takesLittleRoomOnTheHost() throws Exception {
    var disk = directory.resolve("disk");
    WritableDisk.create(disk, ByteSize.ofGib(10));
    assertThat(Long.parseLong(run("stat", "-c", "%b", disk.toString()).strip())).isLessThan(2048);
  }

  @Test
  void leavesNoTemplateBehind() throws Exception {
    WritableDisk.create(directory.resolve("disk"), ByteSize.ofMib(65));
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void refusesASizeThatHoldsNothing() {
    assertThatThrownBy(() -> WritableDisk.create(directory.resolve("disk"), ByteSize.ofMib(1)))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("64 MiB");
  }

  @Test
  void leavesAFileThatIsInTheWayAlone() throws Exception {
    var disk = Files.writeString(directory.resolve("disk"), "mine");
    assertThatThrownBy(() -> WritableDisk.create(disk, ByteSize.ofMib(64)))
        .isInstanceOf(CaissonException.class);
    assertThat(disk).hasContent("mine");
  }

  private static List<String> identity(Path disk, String... options) throws Exception {
    var command = new ArrayList<>(List.of("dumpe2fs", "-h"));
    command.addAll(List.of(options));
    command.add(disk.toString());
    return run(command.toArray(String[]::new))
        .lines()
        .filter(line -> line.contains("UUID") || line.contains("Hash Seed"))
        .toList();
  }

  private static String run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
