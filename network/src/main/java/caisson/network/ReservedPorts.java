package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of the host that nobody else gets as long as this is open: each is bound to, and nobody
 * listens. A connection that no rule redirects is refused.
 */
final class ReservedPorts implements AutoCloseable {
  private final List<NetworkChannel> channels = new ArrayList<>();

  /**
   * Reserves a port for each request, or none.
   *
   * @throws CaissonException CONFLICT if a port is taken, INVALID_ARGUMENT if the address is not
   *     the host's
   */
  List<PublishedPort> reserve(List<PortRequest> requests) {
    var published = new ArrayList<PublishedPort>();
    try {
      requests.forEach(request -> published.add(reserve(request)));
      return published;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Reserves what an earlier daemon had, as far as nobody has taken it since. */
  boolean again(PublishedPort port) {
    try {
      bind(port.port().transport(), port.address(), port.hostPort());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private PublishedPort reserve(PortRequest request) {
    var address = request.address().orElseGet(ReservedPorts::anyAddress);
    var transport = request.port().transport();
    for (int port = request.hostPorts().first(); port <= request.hostPorts().last(); port++) {
      try {
        return new PublishedPort(request.port(), address, bind(transport, address, port));
      } catch (BindException e) {
        requireTaken(e, address, port);
      } catch (IOException e) {
        throw refused(address, port, e);
      }
    }
    var wanted = new PublishedPort(request.port(), address, request.hostPorts().last());
    throw new CaissonException(
        ErrorCode.CONFLICT,
        "Bind for "
            + wanted.hostText()
            + " failed: port is already allocated; publish another one, or end what uses it");
  }

  private static void requireTaken(BindException e, InetAddress address, int port) {
    var message = String.valueOf(e.getMessage());
    if (!message.contains("in use")) {
      throw refused(address, port, e);
    }
  }

  private static CaissonException refused(InetAddress address, int port, IOException e) {
    var reason = String.valueOf(e.getMessage());
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT,
        "cannot publish port %d of the host's address %s: %s%s"
            .formatted(
                port,
                HostAddress.text(address),
                reason,
                reason.equals("Permission denied")
                    ? "; ports below net.ipv4.ip_unprivileged_port_start are root's"
                    : ""),
        e);
  }

  private static InetAddress anyAddress() {
    return new InetSocketAddress("0.0.0.0", 0).getAddress();
  }

  private int bind(Transport transport, InetAddress address, int port) throws IOException {
    try {
      return bind(open(transport, address), address, port);
    } catch (BindException e) {
      if (transport == Transport.TCP && port != 0) {
        return listen(address, port);
      }
      throw e;
    }
  }

  /**
   * A port on which connections have ended lately can only be had by who listens (tcp(7),
   * TIME_WAIT; socket(7), SO_REUSEADDR).
   */
  private int listen(InetAddress address, int port) throws IOException {
    var channel = ServerSocketChannel.open(family(address));
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    return bind(channel, address, port);
  }

  private int bind(NetworkChannel channel, InetAddress address, int port) throws IOException {
    try {
      channel.bind(new InetSocketAddress(address, port));
      channels.add(channel);
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static NetworkChannel open(Transport transport, InetAddress address) throws IOException {
    return switch (transport) {
      case TCP -> SocketChannel.open(family(address));
      case UDP -> DatagramChannel.open(family(address));
    };
  }

  private static StandardProtocolFamily family(InetAddress address) {
    return address instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  @Override
  public void close() {
    for (var channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        // The descriptor is gone all the same.
      }
    }
    channels.clear();
  }
}
