package caisson.launch.spec;

/**
 * Where the VM's taps live. They are named vm0, vm1…, have IFF_TAP, IFF_NO_PI and IFF_VNET_HDR, and
 * the placeholders {@code {fd:vm0}}…; the program itself is always in an empty namespace.
 */
public sealed interface Network {
  /** How many taps a VM can have. */
  int MAX_TAPS = 8;

  /** How many taps there are. */
  int taps();

  /** The name of tap {@code index}, and of its placeholder. */
  static String tap(int index) {
    return "vm" + index;
  }

  /** A namespace of the VM's own that leads nowhere. */
  record Isolated(int taps) implements Network {
    public Isolated {
      Check.range("the number of taps", taps, 0, MAX_TAPS);
    }
  }

  /**
   * A namespace of the VM's own in which vm0 is bridged to slirp4netns's tap. The guest is
   * 10.0.2.100/24, the gateway 10.0.2.2, the name server 10.0.2.3; the host's loopback cannot be
   * reached. slirp4netns ends with the program.
   *
   * @param slirp slirp4netns's path on the host
   * @param api the socket in the VM's directory by which slirp4netns is told of ports to publish
   * @param mtu of the bridge and its taps
   */
  record User(int taps, String slirp, String api, int mtu) implements Network {
    public User {
      Check.range("the number of taps", taps, 1, MAX_TAPS);
      Check.path("slirp4netns", slirp);
      Check.fileName("slirp4netns's socket", api);
      Check.range("the MTU", mtu, 576, 65520);
    }
  }

  /**
   * A network namespace that exists, as OCI and CRI give one, in which vm0 is; the other taps lead
   * nowhere. The tap is gone when the program is.
   *
   * @param namespace its path on the host
   * @param tap the name that vm0 has in it
   * @param mtu of the tap
   */
  record Given(int taps, String namespace, String tap, int mtu) implements Network {
    public Given {
      Check.range("the number of taps", taps, 1, MAX_TAPS);
      Check.path("the network namespace", namespace);
      Check.interfaceName("the tap", tap);
      Check.range("the MTU", mtu, 576, 65520);
    }
  }

  /**
   * A bridge of the namespace that the launcher is started in, into which vm0 is plugged; the other
   * taps lead nowhere. The tap is gone when the program is.
   *
   * @param bridge the bridge's name
   * @param tap the name that vm0 has on the host
   * @param mtu of the tap
   */
  record Bridged(int taps, String bridge, String tap, int mtu) implements Network {
    public Bridged {
      Check.range("the number of taps", taps, 1, MAX_TAPS);
      Check.interfaceName("the bridge", bridge);
      Check.interfaceName("the tap", tap);
      Check.range("the MTU", mtu, 576, 65520);
    }
  }

  /** Writes the choice and its components. */
  static void write(SpecWriter to, Network network) {
    switch (network) {
      case Isolated(int taps) -> {
        to.u8(0);
        to.u8(taps);
      }
      case User(int taps, String slirp, String api, int mtu) -> {
        to.u8(1);
        to.u8(taps);
        to.string(slirp);
        to.string(api);
        to.i32(mtu);
      }
      case Given(int taps, String namespace, String tap, int mtu) -> {
        to.u8(2);
        to.u8(taps);
        to.string(namespace);
        to.string(tap);
        to.i32(mtu);
      }
      case Bridged(int taps, String bridge, String tap, int mtu) -> {
        to.u8(3);
        to.u8(taps);
        to.string(bridge);
        to.string(tap);
        to.i32(mtu);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  static Network read(SpecReader from) {
    int choice = from.choice("a kind of network", 4);
    int taps = from.u8();
    return switch (choice) {
      case 0 -> new Isolated(taps);
      case 1 -> new User(taps, from.string(), from.string(), from.i32());
      case 2 -> new Given(taps, from.string(), from.string(), from.i32());
      default -> new Bridged(taps, from.string(), from.string(), from.i32());
    };
  }
}
