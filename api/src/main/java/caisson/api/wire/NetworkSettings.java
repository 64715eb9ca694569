package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * A container's networks.
 *
 * @param ports published ports by exposed port
 */
public record NetworkSettings(
    Map<String, Object> ports,
    @JsonProperty("IPAddress") String ipAddress,
    String gateway,
    String macAddress,
    Map<String, Endpoint> networks) {
  public NetworkSettings {
    ports = Absent.map(ports);
    ipAddress = Absent.text(ipAddress);
    gateway = Absent.text(gateway);
    macAddress = Absent.text(macAddress);
    networks = Absent.map(networks);
  }

  /** A container's place in a network. */
  public record Endpoint(
      @JsonProperty("NetworkID") String networkId,
      @JsonProperty("IPAddress") String ipAddress,
      String gateway,
      String macAddress) {}
}
