package caisson.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.agent.channel.RequestFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTextTest {
  @Test
  void readsWhatTheHostWrites() {
    assertThat(NetworkText.address("10.0.2.255")).containsExactly(10, 0, 2, 255);
    assertThat(NetworkText.mac("02:00:aB:0:1:fF")).containsExactly(2, 0, 0xab, 0, 1, 0xff);
    assertThat(NetworkText.subnet("0.0.0.0/0").prefix()).isZero();
    assertThat(NetworkText.subnet("10.1.2.3/32").prefix()).isEqualTo(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2..4", "a.b.c.d", "1.2.3.-4"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> NetworkText.address(text)).isInstanceOf(RequestFailure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.4", "1.2.3.4/", "1.2.3.4/33", "1.2.3.4/-1", "/8"})
  void refusesWhatIsNoSubnet(String text) {
    assertThatThrownBy(() -> NetworkText.subnet(text)).isInstanceOf(RequestFailure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "02:00:00:00:00", "02:00:00:00:00:00:00", "02:00:00:00:00:100"})
  void refusesWhatIsNoMac(String text) {
    assertThatThrownBy(() -> NetworkText.mac(text)).isInstanceOf(RequestFailure.class);
  }
}
