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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ports of the host that nobody else gets as long as this is open: each is bound to, and nobody
 * listens. A connection that no rule redirects is refused.
 */
final class ReservedPorts implements AutoCloseable {
  private static final InetAddress ANY = HostAddress.parse("0.0.0.0");
  private static final InetAddress ANY6 = HostAddress.parse("::");

  private final List<NetworkChannel> channels = new ArrayList<>();

  /** What is held of all addresses of a kind. */
  private final Set<Held> everywhere = new HashSet<>();

  private record Held(Transport transport, boolean ipv6, int port) {}

  /**
   * Reserves a port for each request, or none. One that names no address gets the same port of all
   * addresses of both kinds.
   *
   * @param ipv6 whether machines have addresses that ports of the host's IPv6 addresses lead to
   * @throws CaissonException CONFLICT if a port is taken, INVALID_ARGUMENT if the address is not
   *     the host's, UNSUPPORTED if nothing can lead from there to a machine
   */
  List<PublishedPort> reserve(List<PortRequest> requests, boolean ipv6) {
    var published = new ArrayList<PublishedPort>();
    try {
      requests.forEach(request -> published.addAll(reserve(request, ipv6)));
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

  private List<PublishedPort> reserve(PortRequest request, boolean ipv6) {
    if (request.address().isEmpty() && ipv6) {
      var on = reserve(request, ANY6);
      everywhere.add(new Held(on.port().transport(), false, on.hostPort()));
      return List.of(new PublishedPort(on.port(), ANY, on.hostPort()), on);
    }
    var address = request.address().orElse(ANY);
    if (address instanceof Inet6Address) {
      requireRoute(request.port(), address, ipv6);
    }
    return List.of(reserve(request, address));
  }

  /** There is no route_localnet for IPv6: answers to ::1 never come back to the host. */
  private static void requireRoute(Port port, InetAddress address, boolean ipv6) {
    if (!ipv6 || address.isLoopbackAddress()) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "cannot publish port %s on %s: %s"
              .formatted(
                  port,
                  HostAddress.text(address),
                  ipv6
                      ? "the kernel routes nothing from ::1 to other interfaces; publish it on 127.0.0.1 or on another address of the host's"
                      : "containers have IPv4 addresses only here, so publish it on one of the host's"));
    }
  }

  private PublishedPort reserve(PortRequest request, InetAddress address) {
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

  /** What is bound to :: is bound to 0.0.0.0 too: the JDK has no IPV6_V6ONLY. */
  private int bind(Transport transport, InetAddress address, int port) throws IOException {
    if (!address.isAnyLocalAddress()) {
      return bindAt(transport, address, port);
    }
    boolean ipv6 = address instanceof Inet6Address;
    var own = new Held(transport, ipv6, port);
    boolean holdsOther = everywhere.contains(new Held(transport, !ipv6, port));
    int bound = holdsOther && !everywhere.contains(own) ? port : bindAt(transport, address, port);
    everywhere.add(new Held(transport, ipv6, bound));
    return bound;
  }

  private int bindAt(Transport transport, InetAddress address, int port) throws IOException {
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
    everywhere.clear();
  }
}
