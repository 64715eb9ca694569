package caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final int NOT_OPEN = 4000;

  @Test
  void knowsTerminalsFromOtherDescriptors() throws Throwable {
    try (var pty = PseudoTerminal.open()) {
      assertThat(pty.terminal().exists()).isTrue();
    }
    assertThat(new Terminal(NOT_OPEN).exists()).isFalse();
  }

  @Test
  void tellsTheSizeOnlyWhereThereIsOne() throws Throwable {
    try (var pty = PseudoTerminal.open()) {
      assertThat(pty.terminal().size()).isEmpty();
      pty.resize(24, 40_000);
      assertThat(pty.terminal().size()).contains(new Terminal.Size(24, 40_000));
    }
    assertThat(new Terminal(NOT_OPEN).size()).isEmpty();
  }

  @Test
  void restoresWhatWasSetBeforeRawMode() throws Throwable {
    try (var pty = PseudoTerminal.open()) {
      var before = pty.settings();
      var raw = pty.terminal().raw();
      assertThat(pty.settings()).isNotEqualTo(before);
      raw.close();
      raw.close();
      assertThat(pty.settings()).isEqualTo(before);
    }
  }

  @Test
  void refusesRawModeForAnythingElse() {
    assertThatThrownBy(() -> new Terminal(NOT_OPEN).raw())
        .isInstanceOf(CaissonException.class)
        .hasMessage("cannot change the terminal on descriptor 4000: errno 9");
  }
}
