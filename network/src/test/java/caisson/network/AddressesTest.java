package caisson.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.HashSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {
  @Property
  void anAddressIsReadAsItIsWritten(@ForAll int bits) {
    var address = new Ipv4(bits);
    assertThat(Ipv4.parse(address.toString())).isEqualTo(address);
    assertThat(address.mac()).startsWith("02:42:").hasSize(17);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.-4", " 1.2.3.4", "a"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> Ipv4.parse(text))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("is no IPv4 address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"172.30.0.0", "172.30.0.1/16", "172.30.0.0/33", "172.30.0.0/-1", "x/16", "1.2/8"})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> Subnet.parse(text)).isInstanceOf(CaissonException.class);
  }

  @Test
  void anAddressOfIpv6EndsLikeThatOfIpv4() {
    var network = Subnet6.parse("fd12:3456:789a:1::/64");
    assertThat(network.gateway()).hasToString("fd12:3456:789a:1::1");
    var address = network.beside(Ipv4.parse("172.30.0.2"));
    assertThat(address).hasToString("fd12:3456:789a:1::ac1e:2");
    assertThat(network.beside(Ipv4.parse("255.255.255.255")).host()).isEqualTo(0xffffffffL);
    assertThat(Ipv6.parse(address.toString())).isEqualTo(address);
    assertThat(address.hex()).isEqualTo("0xfd123456789a000100000000ac1e0002");
    assertThat(network.with(address)).isEqualTo("fd12:3456:789a:1::ac1e:2/64");
  }

  @Property
  void anAddressOfIpv6IsReadAsItIsWritten(@ForAll long network, @ForAll long host) {
    var address = new Ipv6(network, host);
    assertThat(Ipv6.parse(address.toString())).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fd00::",
        "fd00::/48",
        "fd00::1/64",
        "fd00::/064",
        "10.0.0.0/64",
        "x/64",
        "fe80::%1/64"
      })
  void whatIsNoNetworkOfIpv6IsRefused(String text) {
    assertThatThrownBy(() -> Subnet6.parse(text)).isInstanceOf(CaissonException.class);
  }

  @Test
  void everyOwnerHasUniqueLocalAddressesOfItsOwn() {
    var one = Subnet6.of("/var/lib/caisson caisson0");
    assertThat(one).isEqualTo(Subnet6.of("/var/lib/caisson caisson0"));
    assertThat(one).isNotEqualTo(Subnet6.of("/var/lib/caisson caisson1"));
    assertThat(one.toString()).startsWith("fd").endsWith("::/64");
  }

  @Test
  void networksThatShareAnAddressOverlap() {
    var network = Subnet.parse("172.30.0.0/16");
    assertThat(network.overlaps(Subnet.parse("172.30.5.0/24"))).isTrue();
    assertThat(network.overlaps(Subnet.parse("172.0.0.0/8"))).isTrue();
    assertThat(network.overlaps(Subnet.parse("172.31.0.0/16"))).isFalse();
    assertThat(network.contains(Ipv4.parse("172.30.255.255"))).isTrue();
    assertThat(network.contains(Ipv4.parse("172.31.0.0"))).isFalse();
    assertThat(network.gateway()).hasToString("172.30.0.1");
  }

  @Test
  void everyMachineGetsAnAddressOfItsOwnUntilNoneIsLeft() {
    var pool = new AddressPool(Subnet.parse("10.0.0.0/29"));
    var taken = new HashSet<String>();
    for (int i = 0; i < 5; i++) {
      taken.add(pool.take().toString());
    }
    assertThat(taken)
        .containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
    assertThatThrownBy(pool::take)
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_RESOURCES))
        .hasMessageContaining("10.0.0.0/29");
    pool.release(Ipv4.parse("10.0.0.4"));
    assertThat(pool.take()).hasToString("10.0.0.4");
  }

  @Test
  void anAddressIsUsedAgainAsLateAsCanBe() {
    var pool = new AddressPool(Subnet.parse("10.0.0.0/29"));
    pool.keep(Ipv4.parse("10.0.0.2"));
    pool.keep(Ipv4.parse("192.168.0.1"));
    assertThat(pool.take()).hasToString("10.0.0.3");
    pool.release(Ipv4.parse("10.0.0.3"));
    assertThat(pool.take()).hasToString("10.0.0.4");
  }

  @Test
  void tapsOnABridgeAreToldFromOthers() {
    var taps = TapNames.on("caisson0");
    var name = taps.of("0123456789abcdef");
    assertThat(name).hasSize(15).endsWith("012345678");
    assertThat(taps.isOne(name)).isTrue();
    assertThat(TapNames.on("caisson1").isOne(name)).isFalse();
    assertThat(taps.isOne(name.substring(1))).isFalse();
  }
}
