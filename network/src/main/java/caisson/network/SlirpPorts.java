package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Published ports of a machine with a user-mode network, by the socket of its slirp4netns
 * (slirp4netns(1), API SOCKET): a request and an answer, in JSON, for each connection. They end
 * with slirp4netns, and so with the machine.
 */
public final class SlirpPorts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ANSWER = 4095;

  private SlirpPorts() {}

  /**
   * Publishes ports.
   *
   * @param socket slirp4netns's
   * @param guest the machine's address in its network
   * @return what was asked for, with the ports of the host that were chosen
   * @throws CaissonException CONFLICT if a port is taken
   */
  public static List<PublishedPort> publish(Path socket, Ipv4 guest, List<PortRequest> requests) {
    var chosen = new ReservedPorts();
    List<PublishedPort> ports = chosen.reserve(requests, false);
    // slirp4netns has to bind to them itself.
    chosen.close();
    ports.forEach(port -> publish(socket, guest, port));
    return ports;
  }

  private static void publish(Path socket, Ipv4 guest, PublishedPort port) {
    var answer = ask(socket, Map.of("execute", "add_hostfwd", "arguments", arguments(guest, port)));
    if (answer.contains("\"error\"")) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "Bind for %s failed: port is already allocated, or not the user's to take: slirp4netns says %s"
              .formatted(port.hostText(), answer.strip()));
    }
  }

  private static Map<String, Object> arguments(Ipv4 guest, PublishedPort port) {
    return Map.of(
        "proto", port.port().transport().word(),
        "host_addr", port.address().getHostAddress(),
        "host_port", port.hostPort(),
        "guest_addr", guest.toString(),
        "guest_port", port.port().number());
  }

  private static String ask(Path socket, Map<String, Object> request) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(request)));
      channel.shutdownOutput();
      var answer = Channels.newInputStream(channel).readNBytes(LONGEST_ANSWER);
      return new String(answer, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot publish ports by slirp4netns at " + socket + ": " + e, e);
    }
  }
}
