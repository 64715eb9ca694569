package caisson.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the host, and what it is told. */
final class HostTest {
  private static final BridgeConfig.Choice6 OWN = new BridgeConfig.Choice6.Own();
  private static final Subnet6 IPV6 = Subnet6.parse("fd00:1:2:3::/64");
  private static final List<String> DEVICES =
      List.of(
          "Inter-|   Receive",
          " face |bytes    packets",
          "    lo: 1 2 3",
          "  eth0: 1 2 3",
          "caisson0: 1 2 3");
  private static final List<String> ROUTES =
      List.of(
          "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU",
          "eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0",
          "eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0",
          "caisson0\t00001EAC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0");

  @Test
  void interfacesAndRoutesAreRead() {
    var host = HostNetwork.parse(DEVICES, ROUTES);
    assertThat(host.interfaces()).containsExactly("lo", "eth0", "caisson0");
    assertThat(host.has("eth0")).isTrue();
    assertThat(host.has("eth")).isFalse();
    assertThat(host.subnet("caisson0")).contains(Subnet.parse("172.30.0.0/16"));
    assertThat(host.uses(Subnet.parse("192.168.1.128/25"), "caisson0")).isTrue();
    assertThat(host.uses(Subnet.parse("172.30.0.0/16"), "caisson0")).isFalse();
    assertThat(host.uses(Subnet.parse("172.30.0.0/16"), "other0")).isTrue();
    assertThat(host.uses(Subnet.parse("10.0.0.0/8"), "caisson0"))
        .as("a default route is everybody's")
        .isFalse();
  }

  @Test
  void aHostWithoutRoutesHasNone() {
    assertThat(HostNetwork.parse(List.of(), List.of()).routes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Br0", "br_0", "0br", "a234567890123456", "br 0", "br0\""})
  void aBridgeHasAPlainName(String name) {
    assertThatThrownBy(() -> new BridgeConfig(name, Optional.empty(), OWN))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("a bridge's name");
  }

  @Test
  void aBridgeHasRoomForMachines() {
    var small = Optional.of(Subnet.parse("10.0.0.0/30"));
    assertThatThrownBy(() -> new BridgeConfig("br0", small, OWN))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("too small");
  }

  private static Ruleset rules(Endpoint... machines) {
    return rules(Optional.of(IPV6), machines);
  }

  private static Ruleset rules(Optional<Subnet6> subnet6, Endpoint... machines) {
    var subnet = Subnet.parse("172.30.0.0/16");
    return new Ruleset("br0", subnet, subnet6, TapNames.on("br0"), List.of(machines));
  }

  private static Endpoint machine(String id, String address, PublishedPort... ports) {
    var ipv4 = Ipv4.parse(address);
    var ipv6 = Optional.of(IPV6.beside(ipv4));
    return new Endpoint(TapNames.on("br0").of(id), ipv4, ipv6, List.of(ports));
  }

  private static Ruleset full() {
    var everywhere = new PublishedPort(Port.parse("80"), HostAddress.parse("0.0.0.0"), 8080);
    var everywhere6 = new PublishedPort(Port.parse("80"), HostAddress.parse("::"), 8080);
    var card6 = new PublishedPort(Port.parse("80"), HostAddress.parse("2001:db8::1"), 81);
    var local = new PublishedPort(Port.parse("53/udp"), HostAddress.parse("127.0.0.1"), 5353);
    return rules(
        machine("2222222222222222", "172.30.0.3", everywhere, everywhere6, card6, local),
        machine("1111111111111111", "172.30.0.2"));
  }

  @Test
  void theRulesAreThoseOfTheGoldenFile() throws IOException {
    try (var golden = HostTest.class.getResourceAsStream("rules.nft")) {
      assertThat(full().text())
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void nftTakesTheRules() throws Exception {
    for (var text :
        List.of(
            full().text(),
            rules().text(),
            rules(Optional.empty()).text(),
            Ruleset.absent("br0", true))) {
      var process =
          new ProcessBuilder("unshare", "-n", "nft", "-f", "-").redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        // Twice, because loading them replaces those that are there.
        stdin.write((text + text).getBytes(StandardCharsets.UTF_8));
      }
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
  }
}
