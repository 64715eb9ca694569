package caisson.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small static program that lists a tree ({@code listing.c}, compiled with the host's gcc): the
 * same on the host and, copied into an image or bound into a container, in a guest.
 */
public record TreeLister(Path program) {
  /** Compiles the program into {@code directory}. */
  public static TreeLister compile(Path directory) {
    var source = directory.resolve("listing.c");
    var program = directory.resolve("listing");
    try (var resource = TreeLister.class.getResourceAsStream("listing.c")) {
      if (resource == null) {
        throw new AssertionError("listing.c is not among the test kit's resources");
      }
      Files.write(source, resource.readAllBytes());
      Command.run("gcc", "-O2", "-static", "-o", program.toString(), source.toString());
      Files.delete(source);
    } catch (IOException e) {
      throw new AssertionError("cannot compile listing.c in " + directory, e);
    }
    return new TreeLister(program);
  }

  /** Lists a directory of the host. */
  public TreeListing list(Path tree) {
    return TreeListing.parse(Command.run(program.toString(), tree.toString()));
  }

  /**
   * Lists what the host's kernel sees in an EROFS image. The mount lives in a mount namespace of
   * its own, so it ends with the listing. Needs root, a loop device and a kernel with EROFS.
   */
  public TreeListing listImage(Path image) {
    var script =
        "d=$(mktemp -d) && mount -t erofs -o loop,ro \"$1\" \"$d\" && \"$0\" \"$d\"; s=$?;"
            + " umount \"$d\" && rmdir \"$d\" && exit $s";
    return TreeListing.parse(
        Command.run(
            "unshare", "--mount", "sh", "-c", script, program.toString(), image.toString()));
  }
}
