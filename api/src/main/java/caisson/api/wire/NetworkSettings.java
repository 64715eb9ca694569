package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container's networks; what is said of addresses is empty while it does not run.
 *
 * @param ports the host's ports by the container's; none where one is only exposed
 */
public record NetworkSettings(
    Map<String, Optional<List<Publishing.HostPort>>> ports,
    @JsonProperty("IPAddress") String ipAddress,
    @JsonProperty("IPPrefixLen") int ipPrefixLen,
    String gateway,
    String macAddress,
    @JsonProperty("GlobalIPv6Address") String globalIpv6Address,
    @JsonProperty("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
    @JsonProperty("IPv6Gateway") String ipv6Gateway,
    Map<String, Endpoint> networks) {
  public NetworkSettings {
    ports = Absent.map(ports);
    ipAddress = Absent.text(ipAddress);
    gateway = Absent.text(gateway);
    macAddress = Absent.text(macAddress);
    globalIpv6Address = Absent.text(globalIpv6Address);
    ipv6Gateway = Absent.text(ipv6Gateway);
    networks = Absent.map(networks);
  }

  /** A container's place in a network. */
  public record Endpoint(
      @JsonProperty("NetworkID") String networkId,
      @JsonProperty("EndpointID") String endpointId,
      @JsonProperty("IPAddress") String ipAddress,
      @JsonProperty("IPPrefixLen") int ipPrefixLen,
      String gateway,
      String macAddress,
      @JsonProperty("GlobalIPv6Address") String globalIpv6Address,
      @JsonProperty("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
      @JsonProperty("IPv6Gateway") String ipv6Gateway) {}
}
