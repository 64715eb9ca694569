package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  private static final Options NONE = Options.parse(List.of());

  @Test
  void rootHasTheSystemsPlacesWhateverItsEnvironment() {
    var environment = Map.of("XDG_RUNTIME_DIR", "/run/user/0", "XDG_DATA_HOME", "/d");
    assertThat(Places.of(NONE, environment, 0))
        .isEqualTo(
            new Places(
                Path.of("/var/lib/caisson"),
                Path.of("/run/caisson"),
                List.of(Path.of("/run/caisson/caisson.sock")),
                Path.of("/etc/caisson/caisson.conf")));
  }

  @Test
  void aUserHasTheirOwn() {
    var environment = Map.of("HOME", "/home/u", "XDG_RUNTIME_DIR", "/run/user/7");
    assertThat(Places.of(NONE, environment, 7))
        .isEqualTo(
            new Places(
                Path.of("/home/u/.local/share/caisson"),
                Path.of("/run/user/7/caisson"),
                List.of(Path.of("/run/user/7/caisson.sock")),
                Path.of("/home/u/.config/caisson/caisson.conf")));
  }

  @Test
  void aUserWithoutARuntimeDirectoryHasOneInTmp() {
    var places = Places.of(NONE, Map.of("HOME", "/home/u", "XDG_RUNTIME_DIR", ""), 7);
    assertThat(places.run()).isEqualTo(Path.of("/tmp/caisson-7"));
    assertThat(places.sockets()).containsExactly(Path.of("/tmp/caisson-7/caisson.sock"));
  }

  @Test
  void theCommandLineCountsMore() {
    var options =
        Options.parse(List.of("--root", "/r", "--run", "/s", "--socket", "/s/x", "--config", "/c"));
    assertThat(Places.of(options, Map.of(), 0))
        .isEqualTo(
            new Places(Path.of("/r"), Path.of("/s"), List.of(Path.of("/s/x")), Path.of("/c")));
  }
}
