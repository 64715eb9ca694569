package caisson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeListingTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;

  @Test
  void seesWhatTarMadeOfAnArchive() throws Exception {
    byte[] archive =
        new Tar()
            .member(Tar.Header.of("./", '5').withMode(0750).withModified(7))
            .member(
                Tar.Header.of("a b", '0').withMode(04711).withOwner(3, 4).withModified(-1),
                new byte[] {'a', 'b', 'c'})
            .hardLink("c", "a b")
            .symlink("d", "no\\where")
            .member(Tar.Header.of("e", '3').withDevice(5, 300))
            .end();
    var tree = Files.createDirectory(directory.resolve("tree"));
    var file = Files.write(directory.resolve("tar"), archive);
    Command.run("tar", "-xpf", file.toString(), "-C", tree.toString());
    assertThat(TreeLister.compile(directory).list(tree).lines())
        .containsExactly(
            ".\td\t0750\t0\t0\t-\t7.000000000\t-\t-\t-\t-\t-\t-",
            "./a\\040b\tf\t4711\t3\t4\t3\t-1.000000000\t-\t2\t./a\\040b\t-\t" + ABC + "\t-",
            "./c\tf\t4711\t3\t4\t3\t-1.000000000\t-\t2\t./a\\040b\t-\t" + ABC + "\t-",
            "./d\tl\t0777\t0\t0\t8\t0.000000000\t-\t1\t-\tno\\134where\t-\t-",
            "./e\tc\t0644\t0\t0\t-\t0.000000000\t5:300\t1\t-\t-\t-\t-");
  }

  @Test
  void tellsDifferencesLineByLine() {
    String common = "./a\tf\t0644\t0\t0\t1\t0.0\t-\t1\t-\t-\tx\t-\n";
    String own = "./b\tf\t0644\t0\t0\t1\t0.0\t-\t2\t%s\t-\tx\t-\n";
    var one = TreeListing.parse(common + own.formatted("17"));
    assertThat(one.differences(TreeListing.parse(own.formatted("99") + common))).isEmpty();
    assertThat(one.differences(TreeListing.parse(common)))
        .containsExactly("- " + own.formatted("./b").strip());
    assertThat(one.without("\\./b")).isEqualTo(TreeListing.parse(common));
  }

  @Test
  void busyboxImagesAreAlwaysTheSame() {
    assertThat(BusyboxImage.archive("a")).isEqualTo(BusyboxImage.archive("a"));
  }
}
