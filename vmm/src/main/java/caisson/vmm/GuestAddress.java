package caisson.vmm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a guest has to set on its network card.
 *
 * @param card the card's name in the guest
 * @param mac six hexadecimal octets with colons
 * @param address an IPv4 address and its prefix length
 * @param gateway an IPv4 address
 * @param ipv6 what it has to set of IPv6 beside that
 * @param nameServers IPv4 addresses
 */
public record GuestAddress(
    String card,
    String mac,
    String address,
    int mtu,
    String gateway,
    List<String> nameServers,
    Optional<Ipv6> ipv6) {
  public GuestAddress {
    nameServers = List.copyOf(nameServers);
  }

  /** An IPv6 address with its prefix length, and the gateway's address. */
  public record Ipv6(String address, String gateway) {}

  /** All addresses, with the lengths of their prefixes. */
  public List<String> addresses() {
    return Stream.concat(Stream.of(address), ipv6.stream().map(Ipv6::address)).toList();
  }

  public List<String> gateways() {
    return Stream.concat(Stream.of(gateway), ipv6.stream().map(Ipv6::gateway)).toList();
  }
}
