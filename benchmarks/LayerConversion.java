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

  /** Arguments: how many rounds, the layer, a directory for what is made. */
  public static void main(String[] arguments) throws Exception {
    measure(Integer.parseInt(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
  }

  private static void measure(int rounds, Path layer, Path directory) throws Exception {
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
        "| %s, %d MiB | median s | range s |%n|---|---|---|%n",
        layer.getFileName(),
        Files.size(layer) >> 20);
    row("layer tar → image, the first of a JVM", List.of(first));
    row("layer tar → image", converted);
    row("tar -x and mkfs.erofs", made);
    System.out.printf(
        Locale.ROOT, "| ratio of the medians | %.2f | |%n", median(converted) / median(made));
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
        "| %s | %.2f | %.2f–%.2f |%n",
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
