package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A network, in a list and alone.
 *
 * @param containers by their ids; those that run
 */
public record NetworkDetails(
    String name,
    String id,
    String created,
    String scope,
    String driver,
    @JsonProperty("EnableIPv6") boolean enableIpv6,
    @JsonProperty("IPAM") Ipam ipam,
    boolean internal,
    boolean attachable,
    boolean ingress,
    Map<String, Member> containers,
    Map<String, String> options,
    Map<String, String> labels) {
  /** Where addresses come from. */
  public record Ipam(String driver, List<Pool> config) {}

  /** Addresses, and the one of the gateway. */
  public record Pool(String subnet, String gateway) {}

  /** A container in the network. */
  public record Member(
      String name,
      @JsonProperty("EndpointID") String endpointId,
      String macAddress,
      @JsonProperty("IPv4Address") String ipv4Address,
      @JsonProperty("IPv6Address") String ipv6Address) {}
}
