package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  @Test
  void readsEveryOption() {
    var options =
        Options.parse(
            List.of(
                "--root",
                "/r",
                "--run=/s/../t",
                "--socket",
                "/a",
                "--socket",
                "b",
                "--config",
                "/c",
                "--log",
                "-"));
    assertThat(options.root()).contains(Path.of("/r"));
    assertThat(options.run()).contains(Path.of("/t"));
    assertThat(options.sockets()).containsExactly(Path.of("/a"), Path.of("b").toAbsolutePath());
    assertThat(options.config()).contains(Path.of("/c"));
    assertThat(options.log()).contains("-");
    assertThat(Options.parse(List.of()).root()).isEmpty();
  }

  @Test
  void refusesWhatIsNoOptionAndSaysWhatIs() {
    for (var wrong :
        List.of(List.of("--rot", "/r"), List.of("extra"), List.of("--root"), List.of("--root="))) {
      assertThatThrownBy(() -> Options.parse(wrong))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("--socket PATH");
    }
  }
}
