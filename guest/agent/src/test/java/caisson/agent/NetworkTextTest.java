package caisson.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.agent.channel.RequestFailure;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
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

  @Test
  void addressesOfIpv6AreReadInAllForms() {
    byte[] address = new byte[16];
    address[0] = (byte) 0xfd;
    address[15] = 1;
    for (String text : List.of("fd00::1", "fd00:0:0:0:0:0:0:1", "FD00::0001", "fd00:0::0:1")) {
      assertThat(NetworkText.address6(text)).isEqualTo(address);
    }
    assertThat(NetworkText.address6("::")).isEqualTo(new byte[16]);
    assertThat(NetworkText.address6("1::")[1]).isEqualTo((byte) 1);
    assertThat(NetworkText.subnet6("fd00::1/128").prefix()).isEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "10000::",
        "g::",
        "1:2:3:4:5:6:7::8",
        "1:",
        ":1",
        "1:2:3:4:5:6:7:8:",
        "::1.2.3.4",
        "fe80::1%eth0"
      })
  void whatIsNoAddressOfIpv6IsRefused(String text) {
    assertThatThrownBy(() -> NetworkText.address6(text)).isInstanceOf(RequestFailure.class);
    assertThatThrownBy(() -> NetworkText.subnet6(text + "/64")).isInstanceOf(RequestFailure.class);
  }

  @Property
  void whateverItIsItIsReadOrRefused(@ForAll @StringLength(max = 50) String text) {
    try {
      assertThat(NetworkText.address6(text)).hasSize(16);
    } catch (RequestFailure e) {
      assertThat(e).hasMessageContaining("is no address");
    }
  }
}
