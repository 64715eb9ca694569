package caisson.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.Command;
import caisson.testkit.TreeLister;
import caisson.testkit.TreeListing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A place where the same archive becomes an image and a tree that GNU tar unpacks. */
final class Trees implements AutoCloseable {
  private final Path directory;
  private final TreeLister lister;

  private Trees(Path directory) {
    this.directory = directory;
    this.lister = TreeLister.compile(directory);
  }

  static Trees create() {
    try {
      return new Trees(Files.createTempDirectory("caisson-trees-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  /** What the host's kernel sees in the image of {@code archive}, which fsck.erofs must accept. */
  TreeListing converted(byte[] archive) {
    var image = directory.resolve("image");
    try {
      LayerImage.convert(new ByteArrayInputStream(archive), image);
      fsck(image);
      return lister.listImage(image);
    } finally {
      remove(image);
    }
  }

  /** Checks an image; fsck.erofs recurses, so deep trees need all the stack that there may be. */
  static void fsck(Path image) {
    var script = "ulimit -S -s $(ulimit -H -s) && exec fsck.erofs \"$0\"";
    Command.run("sh", "-c", script, image.toString());
  }

  /** What GNU tar makes of {@code archive}. */
  TreeListing unpacked(byte[] archive) throws IOException {
    var tree = Files.createDirectory(directory.resolve("unpacked"));
    var file = Files.write(directory.resolve("archive"), archive);
    try {
      Command.run(
          "tar",
          "--extract",
          "--preserve-permissions",
          "--same-owner",
          "--numeric-owner",
          "--xattrs",
          "--xattrs-include=*",
          "--acls",
          "--delay-directory-restore",
          "--file=" + file,
          "--directory=" + tree);
      return lister.list(tree);
    } finally {
      remove(tree);
      remove(file);
    }
  }

  /** What GNU tar, with {@code options}, packs of all that is in {@code tree}. */
  byte[] archive(Path tree, List<String> options) throws IOException {
    var file = directory.resolve("packed");
    var command = new ArrayList<>(List.of("tar", "--create", "--numeric-owner"));
    command.addAll(options);
    command.addAll(List.of("--file=" + file, "--directory=" + tree, "."));
    try {
      Command.run(command);
      return Files.readAllBytes(file);
    } finally {
      remove(file);
    }
  }

  TreeListing list(Path tree) {
    return lister.list(tree);
  }

  /** Both must be the same, line by line. */
  void assertSame(byte[] archive) throws IOException {
    assertThat(converted(archive).differences(unpacked(archive))).isEmpty();
  }

  /** Removes a tree; the names in it may be none that Java can say. */
  private static void remove(Path tree) {
    Command.run("rm", "-rf", "--", tree.toString());
  }

  @Override
  public void close() {
    remove(directory);
  }
}
