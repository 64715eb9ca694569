package caisson.engine.local;

import caisson.base.Absent;
import caisson.network.HostAddress;
import caisson.network.Port;
import caisson.network.PortRange;
import caisson.network.PortRequest;
import java.util.Optional;

/**
 * A port to publish, as a container's record has it.
 *
 * @param port like {@code 80/tcp}
 * @param address of the host; "" for all of its IPv4 addresses
 * @param hostPorts like {@code 8000-8010}; {@code 0} for any
 */
record StoredPort(String port, String address, String hostPorts) {
  StoredPort {
    address = Absent.text(address);
  }

  static StoredPort of(PortRequest request) {
    return new StoredPort(
        request.port().toString(),
        request.address().map(HostAddress::text).orElse(""),
        request.hostPorts().toString());
  }

  PortRequest request() {
    return new PortRequest(
        Port.parse(port),
        Optional.of(address).filter(text -> !text.isEmpty()).map(HostAddress::parse),
        PortRange.parse(hostPorts));
  }
}
