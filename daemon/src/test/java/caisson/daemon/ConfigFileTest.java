package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.vmm.qemu.AcceleratorChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
  @TempDir private Path directory;

  private static ConfigFile parse(String... lines) {
    return ConfigFile.parse(List.of(lines), "caisson.conf");
  }

  @Test
  void readsKeysAndLeavesCommentsOut() {
    var file = parse("# mine", "", "kernel = /boot/guest", "  disk=2g ", "qemu = /a=b");
    assertThat(file.path(Setting.KERNEL)).contains(Path.of("/boot/guest"));
    assertThat(file.value(Setting.DISK)).contains("2g");
    assertThat(file.path(Setting.QEMU)).contains(Path.of("/a=b"));
    assertThat(file.value(Setting.ACCELERATOR)).isEmpty();
  }

  @Test
  void namesTheLineThatItDoesNotUnderstand() {
    assertThatThrownBy(() -> parse("disk = 1g", "kernle = /x"))
        .hasMessageContaining("caisson.conf:2: unknown key \"kernle\"")
        .hasMessageContaining("kernel");
    assertThatThrownBy(() -> parse("kernel")).hasMessageContaining("caisson.conf:1:");
    assertThatThrownBy(() -> parse("kernel =")).hasMessageContaining("kernel has no value");
    assertThatThrownBy(() -> parse("disk=1", "disk=2")).hasMessageContaining("caisson.conf:2:");
  }

  @Test
  void mayBeMissingUnlessItWasNamed() {
    var missing = directory.resolve("none");
    assertThat(ConfigFile.readIfPresent(missing)).isEqualTo(ConfigFile.EMPTY);
    assertThatThrownBy(() -> ConfigFile.read(missing))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void choosesWhatMachinesAreMadeWith() {
    var places = Places.of(Options.parse(List.of("--root", "/r")), Map.of(), 0);
    var usual = Machines.config(Path.of("/i"), places, ConfigFile.EMPTY, 0);
    assertThat(usual.kernel()).isEqualTo(Path.of("/i/guest/vmlinux"));
    assertThat(usual.cacheDirectory()).isEqualTo(Path.of("/r/cache"));
    var chosen = parse("kernel = /k", "accelerator = tcg", "slirp4netns = /s", "initramfs = /n");
    var own = Machines.config(Path.of("/i"), places, chosen, 1000);
    assertThat(own.kernel()).isEqualTo(Path.of("/k"));
    assertThat(own.initramfs()).isEqualTo(Path.of("/n"));
    assertThat(own.slirp()).isEqualTo(Path.of("/s"));
    assertThat(own.accelerator()).isEqualTo(AcceleratorChoice.TCG);
    assertThat(own.users()).isEmpty();
    assertThatThrownBy(() -> Machines.config(Path.of("/i"), places, parse("accelerator = xen"), 0))
        .hasMessageContaining("auto, kvm or tcg");
  }

  @Test
  void saysHowManyMachinesWait() {
    assertThat(Machines.ready(ConfigFile.EMPTY)).isEqualTo(2);
    assertThat(Machines.ready(parse("pool = 0"))).isZero();
    for (var wrong : new String[] {"-1", "65", "many"}) {
      assertThatThrownBy(() -> Machines.ready(parse("pool = " + wrong)))
          .hasMessageContaining("0 to 64, not \"" + wrong + "\"");
    }
  }

  @Test
  void onlyRootMayHaveABridge() {
    assertThat(Machines.userNetwork(ConfigFile.EMPTY, 0)).isFalse();
    assertThat(Machines.userNetwork(ConfigFile.EMPTY, 1000)).isTrue();
    assertThat(Machines.userNetwork(parse("network = user"), 0)).isTrue();
    assertThatThrownBy(() -> Machines.userNetwork(parse("network = bridge"), 1000))
        .hasMessageContaining("only root may make one");
    assertThatThrownBy(() -> Machines.userNetwork(parse("network = none"), 0))
        .hasMessageContaining("bridge or user, not \"none\"");
  }

  @Test
  void choosesBetweenClonesAndBooting() {
    var places = Places.of(Options.parse(List.of("--root", "/r")), Map.of(), 0);
    assertThat(Machines.config(Path.of("/i"), places, ConfigFile.EMPTY, 0).clones()).isTrue();
    assertThat(Machines.config(Path.of("/i"), places, parse("clones = off"), 0).clones()).isFalse();
    assertThatThrownBy(() -> Machines.config(Path.of("/i"), places, parse("clones = no"), 0))
        .hasMessageContaining("on or off");
  }
}
