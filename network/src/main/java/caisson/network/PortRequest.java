package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A port of a container that is to be reached by one of the host's.
 *
 * @param address of the host, of IPv4; empty for all of them
 * @param hostPorts of which the first that is free is taken
 */
public record PortRequest(Port port, Optional<InetAddress> address, PortRange hostPorts) {
  public PortRequest {
    address
        .filter(it -> !(it instanceof Inet4Address))
        .ifPresent(it -> {
          throw new CaissonException(
              ErrorCode.UNSUPPORTED,
              "cannot publish port %s on %s: containers have IPv4 addresses only, so publish it on one of the host's"
                  .formatted(port, HostAddress.text(it)));
        });
  }
}
