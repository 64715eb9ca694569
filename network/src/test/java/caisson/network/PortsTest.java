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

  @Test
  void anIpv6AddressOfTheHostIsRefused() {
    var port = Port.parse("80");
    var address = Optional.of(HostAddress.parse("::1"));
    assertThatThrownBy(() -> new PortRequest(port, address, PortRange.ANY))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("80/tcp")
        .hasMessageContaining("IPv4");
  }

  @Test
  void aReservedPortIsNobodyElsesAndRefusesConnections() throws IOException {
    int port;
    try (var ports = new ReservedPorts()) {
      port = ports.reserve(List.of(request(0, 0))).getFirst().hostPort();
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
      assertThat(ports.reserve(List.of(request(port, port)))).hasSize(1);
      assertThatThrownBy(() -> others.reserve(List.of(request(port, port))))
          .isInstanceOf(CaissonException.class);
    }
  }

  @Test
  void theFirstThatIsFreeOfARangeIsTaken() throws IOException {
    try (var other = new ServerSocket();
        var ports = new ReservedPorts()) {
      other.bind(new InetSocketAddress(LOOPBACK, 0));
      int taken = other.getLocalPort();
      int next = ports.reserve(List.of(request(taken, 65_535))).getFirst().hostPort();
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
      assertThatThrownBy(() -> ports.reserve(requests))
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
      assertThatThrownBy(() -> ports.reserve(List.of(request)))
          .isInstanceOf(CaissonException.class)
          .hasMessageContaining("192.0.2.1");
    }
  }
}
