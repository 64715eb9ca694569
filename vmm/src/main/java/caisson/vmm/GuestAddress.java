package caisson.vmm;

import java.util.List;

/**
 * What a guest has to set on its network card.
 *
 * @param card the card's name in the guest
 * @param mac six hexadecimal octets with colons
 * @param address an IPv4 address and its prefix length
 * @param gateway an IPv4 address
 * @param nameServers IPv4 addresses
 */
public record GuestAddress(
    String card, String mac, String address, int mtu, String gateway, List<String> nameServers) {
  public GuestAddress {
    nameServers = List.copyOf(nameServers);
  }
}
