package caisson.agent;

import caisson.agent.channel.RequestFailure;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.Outcome;
import caisson.libc.Clock;
import caisson.libc.Files;
import caisson.libc.Interfaces;
import caisson.libc.Machine;

/** Gives the guest what no two guests may share; asked again, it replaces what it gave before. */
final class MachineIdentity {
  static final int MAX_HOST_NAME = 64;
  static final int MAX_ENTROPY = 512;
  static final int MAX_INTERFACES = 8;
  static final int MAX_GATEWAYS = 2;

  private final SpareCards spareCards;

  MachineIdentity(SpareCards spareCards) {
    this.spareCards = spareCards;
  }

  /**
   * The entropy comes before the network: nothing that is sent may come from a generator that a
   * clone shares with its siblings.
   */
  void apply(Command.Configure configure) {
    check(configure);
    if (!configure.hostName().isEmpty()) {
      Machine.setHostName(configure.hostName());
    }
    if (configure.clock() > 0) {
      Clock.set(configure.clock());
    }
    if (configure.entropy().length > 0) {
      Machine.addEntropy(configure.entropy());
    }
    for (Command.Interface each : configure.interfaces()) {
      apply(each);
    }
    for (String gateway : configure.gateways()) {
      if (NetworkText.isIpv6(gateway)) {
        Interfaces.setDefaultRoute6(NetworkText.address6(gateway));
      } else {
        Interfaces.setDefaultRoute(NetworkText.address(gateway));
      }
    }
  }

  static void check(Command.Configure configure) {
    if (configure.hostName().length() > MAX_HOST_NAME) {
      throw invalid("a host name has at most " + MAX_HOST_NAME + " characters");
    }
    if (configure.entropy().length > MAX_ENTROPY) {
      throw invalid("at most " + MAX_ENTROPY + " bytes of entropy are taken at once");
    }
    if (configure.gateways().size() > MAX_GATEWAYS) {
      throw invalid("at most " + MAX_GATEWAYS + " gateways can be set");
    }
    if (configure.interfaces().size() > MAX_INTERFACES) {
      throw invalid("at most " + MAX_INTERFACES + " interfaces can be set");
    }
  }

  private void apply(Command.Interface each) {
    spareCards.take(each.name());
    Interfaces.setUp(each.name(), false);
    if (!each.mac().isEmpty()) {
      Interfaces.setMac(each.name(), NetworkText.mac(each.mac()));
    }
    if (each.addresses().stream().anyMatch(NetworkText::isIpv6)) {
      quiet(each);
    }
    if (each.mtu() > 0) {
      Interfaces.setMtu(each.name(), each.mtu());
    }
    setAddresses(each, false);
    Interfaces.setUp(each.name(), true);
    setAddresses(each, true);
  }

  /** A card that is down loses its IPv6 addresses, and keeps those of IPv4. */
  private static void setAddresses(Command.Interface card, boolean ipv6) {
    for (String each : card.addresses()) {
      if (NetworkText.isIpv6(each) != ipv6) {
        continue;
      }
      if (ipv6) {
        NetworkText.Subnet subnet = NetworkText.subnet6(each);
        Interfaces.setAddress6(card.name(), subnet.address(), subnet.prefix());
      } else {
        NetworkText.Subnet subnet = NetworkText.subnet(each);
        Interfaces.setAddress(card.name(), subnet.address(), subnet.prefix());
      }
    }
  }

  /**
   * The host's word counts for IPv6: no address of the card's own making, none that routers or
   * neighbours have a say in.
   */
  private static void quiet(Command.Interface card) {
    String settings = "/proc/sys/net/ipv6/conf/" + card.name() + "/";
    Files.write(settings + "addr_gen_mode", "1");
    Files.write(settings + "accept_ra", "0");
    Files.write(settings + "accept_dad", "0");
  }

  private static RequestFailure invalid(String message) {
    return new RequestFailure(Outcome.INVALID, message);
  }
}
