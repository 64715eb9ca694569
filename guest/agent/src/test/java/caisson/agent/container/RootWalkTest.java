package caisson.agent.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.agent.container.RootWalk.Missing;
import caisson.libc.ErrnoException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class RootWalkTest {
  /** Where a walk ends, "/" for the root; the tree has nothing open afterwards. */
  private static String end(MemoryTree tree, String path, Missing missing) {
    var found = RootWalk.find(tree, path, missing).orElseThrow();
    tree.close(found.node());
    assertThat(tree.openNodes()).isZero();
    return found.node() == 0 ? "/" : tree.path(found.node());
  }

  @Test
  void findsPathsHoweverTheyAreWritten() {
    var tree = new MemoryTree().file("etc/hosts").directory("a/b");
    assertThat(end(tree, "/etc/hosts", Missing.LEAVE)).isEqualTo("etc/hosts");
    assertThat(end(tree, "//a/./b/", Missing.LEAVE)).isEqualTo("a/b");
    assertThat(end(tree, "a/b/../../etc/hosts", Missing.LEAVE)).isEqualTo("etc/hosts");
    assertThat(end(tree, "/", Missing.LEAVE)).isEqualTo("/");
    assertThat(end(tree, "", Missing.LEAVE)).isEqualTo("/");
  }

  @Test
  void staysBelowTheRoot() {
    var tree = new MemoryTree().directory("etc").link("up", "../../../..").link("deep/abs", "/etc");
    assertThat(end(tree, "/../../etc", Missing.LEAVE)).isEqualTo("etc");
    assertThat(end(tree, "/up/etc", Missing.LEAVE)).isEqualTo("etc");
    assertThat(end(tree, "/deep/abs/new", Missing.MAKE_FILE)).isEqualTo("etc/new");
  }

  @Test
  void makesWhatADanglingLinkLeadsTo() {
    var tree = new MemoryTree().link("var/run", "/run");
    assertThat(end(tree, "/var/run/lock", Missing.MAKE_DIRECTORY)).isEqualTo("run/lock");
    assertThat(end(tree, "/new/deep/file", Missing.MAKE_FILE)).isEqualTo("new/deep/file");
  }

  @Test
  void saysWhatItMade() {
    var tree = new MemoryTree().directory("there");
    assertThat(RootWalk.find(tree, "/there", Missing.MAKE_DIRECTORY).orElseThrow().made())
        .isFalse();
    assertThat(RootWalk.find(tree, "/new", Missing.MAKE_DIRECTORY).orElseThrow().made()).isTrue();
  }

  @Test
  void leavesMissingWhatIsToBeLeft() {
    var tree = new MemoryTree().file("file").link("dangling", "nowhere");
    assertThat(RootWalk.find(tree, "/none", Missing.LEAVE)).isEmpty();
    assertThat(RootWalk.find(tree, "/dangling", Missing.LEAVE)).isEmpty();
    assertThat(RootWalk.find(tree, "/file/below", Missing.LEAVE)).isEmpty();
    assertThat(tree.paths()).containsExactlyInAnyOrder("file", "dangling");
    assertThat(tree.openNodes()).isZero();
  }

  @Test
  void makesNothingBelowAFile() {
    var tree = new MemoryTree().file("file");
    assertThatThrownBy(() -> RootWalk.find(tree, "/file/below", Missing.MAKE_DIRECTORY))
        .isInstanceOf(ErrnoException.class)
        .hasMessageContaining("ENOTDIR");
    assertThat(tree.openNodes()).isZero();
  }

  @Test
  void followsAsManyLinksAsTheKernel() {
    assertThat(end(chain(RootWalk.MAX_LINKS), "/l0", Missing.LEAVE)).isEqualTo("end");
    assertThatThrownBy(() -> end(chain(RootWalk.MAX_LINKS + 1), "/l0", Missing.LEAVE))
        .hasMessageContaining("ELOOP");
  }

  private static MemoryTree chain(int links) {
    var tree = new MemoryTree().directory("end");
    for (int i = 0; i < links; i++) {
      tree.link("l" + i, i == links - 1 ? "end" : "l" + (i + 1));
    }
    return tree;
  }

  @Test
  void goesDownSoFarAndNoFurther() {
    String deepest = "/d".repeat(RootWalk.MAX_DEPTH);
    var tree = new MemoryTree();
    assertThat(end(tree, deepest, Missing.MAKE_DIRECTORY)).isEqualTo(deepest.substring(1));
    assertThatThrownBy(() -> end(tree, deepest + "/d", Missing.MAKE_DIRECTORY))
        .hasMessageContaining("ENAMETOOLONG");
  }

  /**
   * The tree refuses to resolve dots or slashes itself, so whatever a walk reaches it reached below
   * the root by names.
   */
  @Property
  void neverLeavesAHostileRoot(@ForAll("paths") List<String> targets, @ForAll("path") String path) {
    var tree = new MemoryTree().directory("a/b").file("c");
    for (int i = 0; i < targets.size(); i++) {
      tree.link(i % 2 == 0 ? "l" + i : "a/l" + i, targets.get(i));
    }
    for (Missing missing : Missing.values()) {
      try {
        RootWalk.find(tree, path, missing).ifPresent(found -> tree.close(found.node()));
      } catch (ErrnoException refused) {
        assertThat(refused.getMessage()).containsAnyOf("ELOOP", "ENOTDIR", "ENAMETOOLONG");
      }
      assertThat(tree.openNodes()).isZero();
    }
  }

  @Provide
  Arbitrary<List<String>> paths() {
    return path().list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> path() {
    var name = Arbitraries.of("..", ".", "", "a", "b", "c", "l0", "l1", "l2", "l3", "new");
    return name.list().ofMaxSize(6).map(names -> String.join("/", names));
  }
}
