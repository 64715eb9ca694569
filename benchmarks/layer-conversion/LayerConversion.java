import caisson.rootfs.LayerImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Turns a layer into an image in two ways, in turn, and prints medians and ranges. Both end with
 * the image on the disk (fsync). The first conversion of a fresh JVM is shown apart.
 */
final class LayerConversion {
  private LayerConversion() {}

  /** One way to make {@code image}. */
  private interface Way {
    void make(Path image) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    var layer = Path.of(arguments[1]);
    var directory = Files.createTempDirectory("layer-conversion-");
    try {
      measure(layer, directory, rounds);
    } finally {
      run("rm", "-rf", directory.toString());
    }
  }

  private static void measure(Path layer, Path directory, int rounds) throws Exception {
    var image = directory.resolve("image");
    Way ours = target -> convert(layer, target);
    Way usual = target -> unpackAndMake(layer, directory.resolve("tree"), target);
    readOnce(layer);
    double first = seconds(ours, image);
    var converted = new ArrayList<Double>();
    var made = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      made.add(seconds(usual, image));
      converted.add(seconds(ours, image));
    }
    System.out.printf(
        Locale.ROOT,
        "layer %s, %.0f MiB, %d rounds%n",
        layer.getFileName(),
        Files.size(layer) / 1048576.0,
        rounds);
    row("layer tar -> image, first in its JVM", List.of(first));
    row("layer tar -> image", converted);
    row("tar -x, then mkfs.erofs", made);
    System.out.printf(
        Locale.ROOT, "ratio of the medians: %.2f%n", median(converted) / median(made));
  }

  private static void convert(Path layer, Path image) throws IOException {
    try (var archive = Files.newInputStream(layer)) {
      LayerImage.convert(archive, image);
    }
  }

  private static void unpackAndMake(Path layer, Path tree, Path image) throws Exception {
    Files.createDirectory(tree);
    run("tar", "-xpf", layer.toString(), "--xattrs", "--xattrs-include=*", "-C", tree.toString());
    run("mkfs.erofs", "--quiet", image.toString(), tree.toString());
    try (var channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** The time that {@code way} takes; what it leaves is removed outside of it. */
  private static double seconds(Way way, Path image) throws Exception {
    long start = System.nanoTime();
    way.make(image);
    double seconds = (System.nanoTime() - start) / 1e9;
    run("rm", "-rf", image.toString(), image.resolveSibling("tree").toString());
    run("sync");
    return seconds;
  }

  /** So that neither way reads the layer from the disk. */
  private static void readOnce(Path layer) throws IOException {
    try (var archive = Files.newInputStream(layer)) {
      archive.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  private static void row(String name, List<Double> seconds) {
    System.out.printf(
        Locale.ROOT,
        "%-38s median %6.2f s   range %.2f to %.2f s%n",
        name,
        median(seconds),
        Collections.min(seconds),
        Collections.max(seconds));
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }
}
