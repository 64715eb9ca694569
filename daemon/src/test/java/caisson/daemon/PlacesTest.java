package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
  @Test
  void rootHasTheSystemsPlacesWhateverItsEnvironment() {
    var places = Places.of(0, Map.of("XDG_RUNTIME_DIR", "/run/user/0", "HOME", "/root"));
    assertThat(places.root()).isEqualTo(Path.of("/var/lib/caisson"));
    assertThat(places.socket()).isEqualTo(Path.of("/run/caisson/caisson.sock"));
  }

  @Test
  void aUserHasTheirOwn() {
    var places = Places.of(1000, Map.of("XDG_RUNTIME_DIR", "/run/user/1000", "HOME", "/home/u"));
    assertThat(places.root()).isEqualTo(Path.of("/home/u/.local/share/caisson"));
    assertThat(places.run()).isEqualTo(Path.of("/run/user/1000/caisson"));
    assertThat(places.socket()).isEqualTo(Path.of("/run/user/1000/caisson.sock"));
    assertThat(places.configuration()).isEqualTo(Path.of("/home/u/.config/caisson/caisson.conf"));
  }

  @Test
  void aUserWithoutARuntimeDirectoryHasOneOfTheirOwnInTmp() {
    var places = Places.of(1000, Map.of("HOME", "/home/u"));
    assertThat(places.socket()).isEqualTo(Path.of("/tmp/caisson-1000/caisson.sock"));
  }

  @Test
  void theCommandLineCountsMore() {
    var options = Options.parse("--root", "/r", "--run", "/s", "--socket", "/s/x");
    var places = Places.of(0, Map.of()).with(options);
    assertThat(places.root()).isEqualTo(Path.of("/r"));
    assertThat(places.cache()).isEqualTo(Path.of("/r/cache"));
    assertThat(places.run()).isEqualTo(Path.of("/s"));
    assertThat(places.socket()).isEqualTo(Path.of("/s/x"));
  }
}
