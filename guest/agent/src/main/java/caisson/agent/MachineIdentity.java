package caisson.agent;

import caisson.agent.channel.RequestFailure;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.Outcome;
import caisson.libc.Clock;
import caisson.libc.Interfaces;
import caisson.libc.Machine;

/** Gives the guest what no two guests may share; asked again, it replaces what it gave before. */
final class MachineIdentity {
  static final int MAX_HOST_NAME = 64;
  static final int MAX_ENTROPY = 512;
  static final int MAX_INTERFACES = 8;

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
    if (!configure.gateway().isEmpty()) {
      Interfaces.setDefaultRoute(NetworkText.address(configure.gateway()));
    }
  }

  static void check(Command.Configure configure) {
    if (configure.hostName().length() > MAX_HOST_NAME) {
      throw invalid("a host name has at most " + MAX_HOST_NAME + " characters");
    }
    if (configure.entropy().length > MAX_ENTROPY) {
      throw invalid("at most " + MAX_ENTROPY + " bytes of entropy are taken at once");
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
    if (each.mtu() > 0) {
      Interfaces.setMtu(each.name(), each.mtu());
    }
    if (!each.address().isEmpty()) {
      NetworkText.Subnet subnet = NetworkText.subnet(each.address());
      Interfaces.setAddress(each.name(), subnet.address(), subnet.prefix());
    }
    Interfaces.setUp(each.name(), true);
  }

  private static RequestFailure invalid(String message) {
    return new RequestFailure(Outcome.INVALID, message);
  }
}
