package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.testkit.RandomTree;
import caisson.testkit.SampleTree;
import caisson.testkit.Tar;
import caisson.testkit.Tar.Header;
import caisson.testkit.TreeLister;
import caisson.testkit.TreeListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a guest sees of a layer equals what GNU tar unpacks from it on the host, path by path: type,
 * mode, owner, size, time, device, names, link target, content and extended attributes.
 */
@ExtendWith(SharedDaemon.class)
class GuestTreesTest {
  private static final String NAME = "trees:test";
  private static final String PROGRAM = "listing";

  private final Cli caisson;
  private Path directory = Path.of("");
  private TreeLister lister = new TreeLister(directory);

  GuestTreesTest(Cli caisson) {
    this.caisson = caisson;
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("guest-trees-");
    lister = TreeLister.compile(directory);
  }

  /** The names in it may be none that Java can say. */
  @AfterEach
  void removeAll() {
    caisson.run("rmi", NAME);
    host("rm", "-rf", "--", directory.toString());
  }

  @Test
  void seesGeneratedTrees() throws IOException {
    var tar = new Tar().directory("tree/", 0755);
    for (int seed = 0; seed < 40; seed++) {
      RandomTree.addTo(tar, "tree/" + seed + "/", seed);
    }
    byte[] program = Files.readAllBytes(lister.program());
    tar.member(Header.of("tree/" + PROGRAM, '0').withMode(0755), program);
    assertSame(Files.write(directory.resolve("layer.tar"), tar.end()));
  }

  @Test
  void seesWhatTarPacksOfRealFiles() throws IOException {
    var source = directory.resolve("source");
    var tree = Files.createDirectories(source.resolve("tree"));
    SampleTree.make(tree);
    SampleTree.addAttributes(tree);
    assertSame(packed(source, "--format=pax", "--sparse", "--xattrs", "--acls"));
  }

  @Test
  void seesADebianRootFileSystem() throws IOException {
    assertSame(packed(DebianTree.cached(), "--format=pax", "--xattrs", "--acls"));
  }

  /** An archive of the directory {@code tree} in {@code source}, with the program that lists it. */
  private Path packed(Path source, String... options) throws IOException {
    var beside = directory.resolve("beside");
    Files.copy(lister.program(), Files.createDirectories(beside.resolve("tree")).resolve(PROGRAM));
    var layer = directory.resolve("layer.tar");
    var command = new ArrayList<>(List.of("tar", "--create", "--numeric-owner"));
    command.addAll(List.of(options));
    command.addAll(List.of("--file=" + layer, "--directory=" + source, "tree"));
    command.addAll(List.of("--directory=" + beside, "tree/" + PROGRAM));
    host(command.toArray(String[]::new));
    return layer;
  }

  private void assertSame(Path layer) throws IOException {
    var unpacked = Files.createDirectory(directory.resolve("unpacked"));
    host(
        "tar",
        "--extract",
        "--preserve-permissions",
        "--same-owner",
        "--numeric-owner",
        "--xattrs",
        "--xattrs-include=*",
        "--acls",
        "--delay-directory-restore",
        "--file=" + layer,
        "--directory=" + unpacked);
    var onTheHost = lister.list(unpacked.resolve("tree"));
    assertThat(onTheHost.lines()).hasSizeGreaterThan(10);
    assertThat(inAGuest(layer).differences(onTheHost)).isEmpty();
  }

  /** Lists {@code /tree} in a container; all of its attributes show to the privileged only. */
  private TreeListing inAGuest(Path layer) {
    caisson.out("import", layer.toString(), NAME);
    return TreeListing.parse(
        caisson.out("run", "--rm", "--privileged", NAME, "/tree/" + PROGRAM, "/tree"));
  }

  private static void host(String... command) {
    Command.of(command).run().ok();
  }
}
