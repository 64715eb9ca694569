package caisson.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void nothingIsRequired() {
    var options = Options.parse();
    assertThat(options.help()).isFalse();
    assertThat(options.root()).isEmpty();
  }

  @Test
  void theHelpNamesEveryOption() {
    assertThat(Options.parse("--help").help()).isTrue();
    assertThat(Options.usage()).contains("--root", "--run", "--socket", "--config");
  }

  @Test
  void whatIsNoOptionIsRefused() {
    for (var wrong : new String[] {"--rot", "extra", "--root"}) {
      assertThatThrownBy(() -> Options.parse(wrong))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("--help");
    }
  }
}
