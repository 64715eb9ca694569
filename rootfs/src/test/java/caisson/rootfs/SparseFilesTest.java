package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Files with holes, in each of GNU tar's four formats for them. */
final class SparseFilesTest {
  private static final List<List<String>> FORMATS =
      List.of(
          List.of("--sparse", "--format=gnu"),
          List.of("--sparse", "--format=pax", "--sparse-version=0.0"),
          List.of("--sparse", "--format=pax", "--sparse-version=0.1"),
          List.of("--sparse", "--format=pax", "--sparse-version=1.0"));

  private static final Trees TREES = Trees.create();

  @AfterContainer
  static void close() {
    TREES.close();
  }

  /** A new directory for files to pack. */
  private static Path source() throws IOException {
    return Files.createTempDirectory(TREES.directory(), "source-");
  }

  @Property(tries = 40)
  void haveTheirDataWhereTarPutsIt(
      @ForAll long seed,
      @ForAll @IntRange(max = 3) int format,
      @ForAll @IntRange(max = 60) int runs)
      throws IOException {
    var source = source();
    write(source.resolve("sparse"), new Random(seed), runs);
    TREES.assertSame(TREES.archive(source, FORMATS.get(format)));
  }

  private static void write(Path path, Random random, int runs) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      long reach = 1L << (12 + random.nextInt(13));
      file.setLength(random.nextLong(reach));
      for (int i = 0; i < runs; i++) {
        byte[] data = new byte[1 + random.nextInt(9000)];
        random.nextBytes(data);
        file.seek(random.nextLong(reach));
        file.write(data);
      }
    }
  }

  @Property(tries = 4)
  void mayBeHuge(@ForAll @IntRange(max = 3) int format) throws IOException {
    var source = source();
    try (var file = new RandomAccessFile(source.resolve("huge").toFile(), "rw")) {
      for (long at : new long[] {0, (1L << 30) - 5, 3L << 30, (12L << 30) + 1}) {
        file.seek(at);
        file.write("data".getBytes(StandardCharsets.US_ASCII));
      }
    }
    var archive = new ByteArrayInputStream(TREES.archive(source, FORMATS.get(format)));
    var image = source.resolve("image");
    LayerImage.convert(archive, image);
    Trees.fsck(image);
    long used = 512 * Long.parseLong(Command.run("stat", "-c", "%b", image.toString()).strip());
    assertThat(used).isLessThan(1 << 20);
  }
}
