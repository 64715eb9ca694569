package caisson.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {
  private static HostAddress address(String option, Map<String, String> environment, int uid) {
    return HostAddress.of(option, environment, () -> uid);
  }

  @Test
  void belongsToTheUserUnlessOneIsChosen() {
    assertThat(address("", Map.of("XDG_RUNTIME_DIR", "/run/user/0"), 0))
        .isEqualTo(new HostAddress(Path.of("/run/caisson/caisson.sock"), false));
    assertThat(address("", Map.of("XDG_RUNTIME_DIR", "/run/user/7"), 7))
        .isEqualTo(new HostAddress(Path.of("/run/user/7/caisson.sock"), false));
    for (var none : List.of("", "relative/directory")) {
      assertThat(address("", Map.of("XDG_RUNTIME_DIR", none), 7).socket())
          .isEqualTo(Path.of("/tmp/caisson-7/caisson.sock"));
    }
  }

  @Test
  void isTheOptionsBeforeTheVariables() {
    var environment = Map.of(HostAddress.VARIABLE, "unix:///variable");
    assertThat(address("unix:///option", environment, 7))
        .isEqualTo(new HostAddress(Path.of("/option"), true));
    assertThat(address("", environment, 0)).isEqualTo(new HostAddress(Path.of("/variable"), true));
    assertThat(address("", environment, 0)).hasToString("unix:///variable");
    assertThat(address("", Map.of(HostAddress.VARIABLE, ""), 0).chosen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:2375", "/run/caisson.sock", "unix://", "unix:/x"})
  void refusesWhatIsNoSocket(String text) {
    assertThatThrownBy(() -> address(text, Map.of(), 0))
        .hasMessage(
            "unable to parse host \"%s\": only unix:///path/of/a/socket is understood", text);
  }
}
