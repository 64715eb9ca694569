package caisson.cli.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PortSpecTest {
  @ParameterizedTest
  @CsvSource({
    "80, 80/tcp, '', ''",
    "8080:80, 80/tcp, '', 8080",
    "53:53/udp, 53/udp, '', 53",
    ":80, 80/tcp, '', ''",
    "0:80, 80/tcp, '', ''",
    "127.0.0.1::80, 80/tcp, 127.0.0.1, ''",
    "127.0.0.1:8080:80, 80/tcp, 127.0.0.1, 8080",
    "8000-8010:80, 80/tcp, '', 8000-8010",
    "[::1]:8080:80, 80/tcp, ::1, 8080"
  })
  void aPortIsReadWithWhatLeadsToIt(String text, String port, String ip, String hostPort) {
    assertThat(PortSpec.parse(text)).containsExactly(new PortSpec(port, ip, hostPort));
  }

  @Test
  void rangesOfOneLengthBelongTogether() {
    assertThat(PortSpec.parse("8000-8001:80-81/udp"))
        .containsExactly(new PortSpec("80/udp", "", "8000"), new PortSpec("81/udp", "", "8001"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http",
        "80:http",
        "70000",
        "80:70000",
        "1:2:3:4",
        "81-80",
        "8000-8001:80-82",
        "::1:80:80",
        "80/tcp/udp",
        "-80",
        "80-"
      })
  void whatIsNoPortIsRefusedWithItsText(String text) {
    assertThatThrownBy(() -> PortSpec.parse(text))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("invalid port specification: \"" + text + "\"");
  }
}
