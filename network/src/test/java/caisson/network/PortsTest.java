package caisson.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortsTest {
  private static final InetAddress LOOPBACK = HostAddress.parse("127.0.0.1");

  private static PortRequest request(int first, int last) {
    return new PortRequest(Port.parse("80"), Optional.of(LOOPBACK), new PortRange(first, last));
  }

  private static boolean isTaken(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean isRefused(int port) {
    try (var _ = new Socket(LOOPBACK, port)) {
      return false;
    } catch (IOException e) {
      return e instanceof ConnectException;
    }
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, 0));
      return socket.getLocalPort();
    }
  }

  @Test
  void portsAreReadAsTheyAreWritten() {
    assertThat(Port.parse("80")).hasToString("80/tcp");
    assertThat(Port.parse("53/UDP")).hasToString("53/udp");
    assertThat(PortRange.parse("8000-8010")).hasToString("8000-8010");
    assertThat(PortRange.parse("8000")).isEqualTo(new PortRange(8000, 8000));
    assertThat(PortRange.parse("")).isEqualTo(PortRange.ANY).isEqualTo(PortRange.parse("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "65536", "80/sctp", "80/", "/tcp", "-1", "8 0", "80-90"})
  void whatIsNoPortIsRefused(String text) {
    assertThatThrownBy(() -> Port.parse(text)).isInstanceOf(CaissonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"90-80", "0-80", "80-65536", "80-", "-80", "a", "1-2-3", "123456"})
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> PortRange.parse(text)).isInstanceOf(CaissonException.class);
  }

  private static PortRequest at(Optional<String> address, int port) {
    return new PortRequest(
        Port.parse("80"), address.map(HostAddress::parse), new PortRange(port, port));
  }

  @Test
  void whereNothingLeadsToAMachineNothingIsPublished() {
    try (var ports = new ReservedPorts()) {
      assertThatThrownBy(() -> ports.reserve(List.of(at(Optional.of("::"), 0)), false))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("80/tcp on ::")
          .hasMessageContaining("IPv4");
      assertThatThrownBy(() -> ports.reserve(List.of(at(Optional.of("::1"), 0)), true))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("80/tcp on ::1")
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void aPortOfAllAddressesIsTheSameForBothKinds() throws IOException {
    try (var ports = new ReservedPorts();
        var others = new ReservedPorts()) {
      var both = ports.reserve(List.of(at(Optional.empty(), 0)), true);
      assertThat(both).extracting(it -> it.address().getHostAddress()).hasSize(2);
      assertThat(both.getFirst().hostText()).startsWith("0.0.0.0:");
      assertThat(both.getLast().hostText()).startsWith("[::]:");
      int port = both.getFirst().hostPort();
      assertThat(both.getLast().hostPort()).isEqualTo(port);
      assertThat(isTaken(port)).isTrue();
      for (var address : List.of("0.0.0.0", "::")) {
        var again = List.of(at(Optional.of(address), port));
        assertThatThrownBy(() -> others.reserve(again, true)).isInstanceOf(CaissonException.class);
      }
    }
  }

  @Test
  void aPortIsNotGivenTwiceToOne() throws IOException {
    int port = free();
    for (var other : List.of(Optional.of("0.0.0.0"), Optional.of("::"), Optional.<String>empty())) {
      try (var ports = new ReservedPorts()) {
        var requests = List.of(at(Optional.empty(), port), at(other, port));
        assertThatThrownBy(() -> ports.reserve(requests, true))
            .isInstanceOf(CaissonException.class);
      }
    }
  }

  @Test
  void eachKindCanBeAskedForByItself() throws IOException {
    int port = free();
    try (var ports = new ReservedPorts()) {
      var requests = List.of(at(Optional.of("0.0.0.0"), port), at(Optional.of("::"), port));
      assertThat(ports.reserve(requests, true)).hasSize(2);
    }
    try (var ports = new ReservedPorts()) {
      var taken = List.of(at(Optional.of("::"), port), at(Optional.of("0.0.0.0"), port));
      assertThat(ports.reserve(taken, true)).hasSize(2);
    }
  }

  @Test
  void addressesAreWrittenInTheirShortestForm() {
    for (var text : List.of("::", "::1", "1::", "fd00::1:0:0:1", "1:0:2::3:4", "1:2:3:4:5:6:7:8")) {
      assertThat(HostAddress.text(HostAddress.parse(text))).isEqualTo(text);
    }
    assertThat(HostAddress.text(HostAddress.parse("2001:db8:0:0:0:0:0:1")))
        .isEqualTo("2001:db8::1");
    assertThat(Ipv6.parse("1:0:2:3:4:5:6:7")).hasToString("1:0:2:3:4:5:6:7");
    assertThat(HostAddress.text(HostAddress.parse("10.0.0.1"))).isEqualTo("10.0.0.1");
  }

  @Test
  void aReservedPortIsNobodyElsesAndRefusesConnections() throws IOException {
    int port;
    try (var ports = new ReservedPorts()) {
      port = ports.reserve(List.of(request(0, 0)), false).getFirst().hostPort();
      assertThat(isTaken(port)).isTrue();
      assertThat(isRefused(port)).isTrue();
    }
    assertThat(isTaken(port)).isFalse();
  }

  @Test
  void aPortWhoseConnectionsHaveEndedIsFree() throws IOException {
    int port;
    try (var server = new ServerSocket()) {
      server.bind(new InetSocketAddress(LOOPBACK, 0));
      port = server.getLocalPort();
      try (var client = new Socket(LOOPBACK, port)) {
        server.accept().close(); // first, so that the server's end waits
        assertThat(client.getInputStream().read()).isNegative();
      }
    }
    try (var ports = new ReservedPorts();
        var others = new ReservedPorts()) {
      assertThat(ports.reserve(List.of(request(port, port)), false)).hasSize(1);
      assertThatThrownBy(() -> others.reserve(List.of(request(port, port)), false))
          .isInstanceOf(CaissonException.class);
    }
  }

  @Test
  void theFirstThatIsFreeOfARangeIsTaken() throws IOException {
    try (var other = new ServerSocket();
        var ports = new ReservedPorts()) {
      other.bind(new InetSocketAddress(LOOPBACK, 0));
      int taken = other.getLocalPort();
      int next = ports.reserve(List.of(request(taken, 65_535)), false).getFirst().hostPort();
      assertThat(next).isGreaterThan(taken);
    }
  }

  @Test
  void whenOneIsTakenNoneIsReserved() throws IOException {
    int first = free();
    try (var other = new ServerSocket();
        var ports = new ReservedPorts()) {
      other.bind(new InetSocketAddress(LOOPBACK, 0));
      int taken = other.getLocalPort();
      var requests = List.of(request(first, first), request(taken, taken));
      assertThatThrownBy(() -> ports.reserve(requests, false))
          .isInstanceOfSatisfying(
              CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
          .hasMessageContaining("Bind for 127.0.0.1:" + taken + " failed");
      assertThat(isTaken(first)).isFalse();
    }
  }

  @Test
  void anAddressThatIsNotTheHostsIsRefused() {
    var request =
        new PortRequest(
            Port.parse("80"), Optional.of(HostAddress.parse("192.0.2.1")), PortRange.ANY);
    try (var ports = new ReservedPorts()) {
      assertThatThrownBy(() -> ports.reserve(List.of(request), false))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("192.0.2.1");
    }
  }
}
