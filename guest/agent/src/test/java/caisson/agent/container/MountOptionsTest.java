package caisson.agent.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.agent.container.MountOptions.Attributes;
import caisson.libc.MountTree;
import caisson.libc.Mounts;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class MountOptionsTest {
  private static MountOptions parse(String... options) {
    return MountOptions.parse(List.of(options));
  }

  @Test
  void leavesToTheFileSystemWhatIsItsOwn() {
    var options = parse("nosuid", "size=64k", "mode=755", "newinstance", "sync");
    assertThat(options.data()).containsExactly("size=64k", "mode=755", "newinstance", "sync");
    assertThat(options.mount()).isEqualTo(new Attributes(MountTree.MOUNT_ATTR_NOSUID, 0));
  }

  @Test
  void takesTheLastOfContradictingOptions() {
    assertThat(parse("ro", "rw").mount()).isEqualTo(new Attributes(0, MountTree.MOUNT_ATTR_RDONLY));
    assertThat(parse("rw", "ro").mount()).isEqualTo(new Attributes(MountTree.MOUNT_ATTR_RDONLY, 0));
    assertThat(parse("noatime", "strictatime").mount())
        .isEqualTo(new Attributes(MountTree.MOUNT_ATTR_STRICTATIME, MountTree.MOUNT_ATTR__ATIME));
    assertThat(parse("noatime", "relatime").mount())
        .isEqualTo(new Attributes(0, MountTree.MOUNT_ATTR__ATIME));
  }

  @Test
  void tellsTheWholeTreesPropertiesFromTheMounts() {
    var options = parse("rbind", "ro", "rnosuid", "rro");
    assertThat(options.bind()).isTrue();
    assertThat(options.recursive()).isTrue();
    assertThat(options.mount().added()).isEqualTo(MountTree.MOUNT_ATTR_RDONLY);
    assertThat(options.tree().added())
        .isEqualTo(MountTree.MOUNT_ATTR_NOSUID | MountTree.MOUNT_ATTR_RDONLY);
    assertThat(options.data()).isEmpty();
  }

  @Test
  void readsWhatBeginsWithAnRByItself() {
    var options = parse("relatime", "remount", "rw", "rshared");
    assertThat(options.tree()).isEqualTo(Attributes.NONE);
    assertThat(options.remount()).isTrue();
    assertThat(options.propagation()).containsExactly(Mounts.MS_REC | Mounts.MS_SHARED);
  }

  @Test
  void keepsPropagationsInTheirOrder() {
    assertThat(parse("slave", "shared").propagation())
        .containsExactly(Mounts.MS_SLAVE, Mounts.MS_SHARED);
    assertThat(MountOptions.propagationFlags("runbindable"))
        .isEqualTo(Mounts.MS_REC | Mounts.MS_UNBINDABLE);
    assertThatThrownBy(() -> MountOptions.propagationFlags("rpublic"))
        .hasMessageContaining("rpublic");
  }

  @Test
  void boundsNamesAndValues() {
    String longest = "a".repeat(MountOptions.MAX_LENGTH);
    assertThat(parse(longest + "=" + longest).data()).hasSize(1);
    assertThatThrownBy(() -> parse(longest + "a=b")).isInstanceOf(ContainerFailure.class);
    assertThatThrownBy(() -> parse("b=" + longest + "a")).isInstanceOf(ContainerFailure.class);
    assertThatThrownBy(() -> parse("ä".repeat(128))).isInstanceOf(ContainerFailure.class);
  }

  @Property
  void neverAddsWhatItClears(@ForAll @Size(max = 8) List<Option> options) {
    var parsed = MountOptions.parse(options.stream().map(Option::name).toList());
    long both = parsed.mount().added() & parsed.mount().cleared();
    assertThat(both & ~MountTree.MOUNT_ATTR__ATIME).isZero();
  }

  enum Option {
    ro,
    rw,
    nosuid,
    suid,
    nodev,
    dev,
    noexec,
    exec,
    noatime,
    atime,
    strictatime,
    nodiratime,
    diratime,
    rro,
    rrw
  }
}
