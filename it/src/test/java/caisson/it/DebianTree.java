package caisson.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A root file system of this machine's own release of Debian, made by debootstrap once. */
final class DebianTree {
  private static final long LONGEST_SECONDS = 900;
  private static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "caisson", "debootstrap");

  private DebianTree() {}

  /** A directory with the root file system in its directory {@code tree}; not to be changed. */
  static Path cached() throws IOException {
    return cached(release(), List.of());
  }

  /**
   * The same with more packages.
   *
   * @param name of this choice of packages
   */
  static Path cached(String name, String... packages) throws IOException {
    return cached(release() + "-" + name, List.of("--include=" + String.join(",", packages)));
  }

  /** Makes the image {@code image} of such a tree. */
  static void importInto(Cli caisson, String image, String name, String... packages)
      throws IOException {
    var archive = Files.createTempFile(name, ".tar");
    try {
      var tree = cached(name, packages).resolve("tree").toString();
      Command.of("tar", "-C", tree, "-cf", archive.toString(), ".").run().ok();
      caisson.out("import", archive.toString(), image);
    } finally {
      Files.delete(archive);
    }
  }

  private static Path cached(String name, List<String> options) throws IOException {
    var made = CACHE.resolve(name);
    if (!Files.exists(made)) {
      Files.createDirectories(CACHE);
      var beside = Files.createTempDirectory(CACHE, name + "-");
      var words = new ArrayList<>(List.of("debootstrap", "--variant=minbase"));
      words.addAll(options);
      words.addAll(List.of(release(), beside.resolve("tree").toString(), mirror(release())));
      Command.of(words.toArray(String[]::new)).begin().resultWithin(LONGEST_SECONDS).ok();
      Files.move(beside, made);
    }
    return made;
  }

  private static String release() throws IOException {
    return Files.readAllLines(Path.of("/etc/os-release")).stream()
        .filter(line -> line.startsWith("VERSION_CODENAME="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .findFirst()
        .orElseThrow();
  }

  /** Where apt gets this release from: machines have mirrors of their own. */
  private static String mirror(String release) {
    var format = "$(LABEL) $(CODENAME) $(SITE)";
    var start = "Debian " + release + " ";
    return Command.of("apt-get", "indextargets", "--format", format)
        .run()
        .ok()
        .out()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("apt has no mirror for " + release));
  }
}
