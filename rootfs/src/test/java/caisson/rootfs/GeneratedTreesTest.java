package caisson.rootfs;

import caisson.testkit.RandomTree;
import caisson.testkit.Tar;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** What Linux sees in an image is what GNU tar unpacks from the layer, for trees of all kinds. */
final class GeneratedTreesTest {
  private static final Trees TREES = Trees.create();

  @AfterContainer
  static void close() {
    TREES.close();
  }

  @Property(tries = 100)
  void seesWhatTarUnpacks(@ForAll long seed) throws IOException {
    var tar = new Tar();
    RandomTree.addTo(tar, "./", seed);
    TREES.assertSame(tar.end());
  }
}
