package caisson.libc;

import java.nio.charset.StandardCharsets;

/**
 * Network interfaces, by the ioctls of netdevice(7) and, where they cannot, a message of
 * rtnetlink(7). Addresses are in network order.
 */
public final class Interfaces {
  private static final long SIOCADDRT = 0x890bL;
  private static final long SIOCGIFFLAGS = 0x8913L;
  private static final long SIOCSIFFLAGS = 0x8914L;
  private static final long SIOCSIFADDR = 0x8916L;
  private static final long SIOCSIFNETMASK = 0x891cL;
  private static final long SIOCSIFMTU = 0x8922L;
  private static final long SIOCSIFHWADDR = 0x8924L;
  private static final long SIOCGIFINDEX = 0x8933L;

  private static final int IFF_UP = 1;
  private static final int ARPHRD_ETHER = 1;
  private static final int RTF_UP_GATEWAY = 3;

  private static final int NETLINK_ROUTE = 0;
  private static final int RTM_NEWLINK = 16;
  private static final int NLM_F_REQUEST_ACK = 5;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_NET_NS_FD = 28;

  /** struct nlmsghdr and struct ifinfomsg. */
  private static final int LINK_HEADER = 32;

  private static final int ATTRIBUTE_HEADER = 4;

  private static final int IFREQ_SIZE = 40;
  private static final int IFREQ_VALUE = 16;
  private static final int IFNAMSIZ = 16;
  private static final int RTENTRY_SIZE = 120;

  /** struct in6_ifreq: address, prefix length, interface. */
  private static final int IN6_IFREQ_SIZE = 24;

  /** struct in6_rtmsg. */
  private static final int IN6_RTMSG_SIZE = 80;

  private static final int IPV6 = 16;

  private Interfaces() {}

  /** Brings {@code name} up, or takes it down, and its routes with it. */
  public static void setUp(String name, boolean up) {
    try (Block request = request(name)) {
      control("SIOCGIFFLAGS", name, SIOCGIFFLAGS, request);
      int flags = request.getShort(IFREQ_VALUE);
      request.putShort(IFREQ_VALUE, up ? flags | IFF_UP : flags & ~IFF_UP);
      control("SIOCSIFFLAGS", name, SIOCSIFFLAGS, request);
    }
  }

  public static void setMtu(String name, int bytes) {
    try (Block request = request(name)) {
      control("SIOCSIFMTU", name, SIOCSIFMTU, request.putInt(IFREQ_VALUE, bytes));
    }
  }

  /** Sets the hardware address, six bytes; most drivers want the interface down. */
  public static void setMac(String name, byte[] address) {
    try (Block request = request(name)) {
      request.putShort(IFREQ_VALUE, ARPHRD_ETHER).put(IFREQ_VALUE + 2, address, 0, 6);
      control("SIOCSIFHWADDR", name, SIOCSIFHWADDR, request);
    }
  }

  /** Sets the IPv4 address, four bytes, and the length of its network's prefix in bits. */
  public static void setAddress(String name, byte[] address, int prefix) {
    try (Block request = request(name)) {
      putAddress(request, IFREQ_VALUE, address);
      control("SIOCSIFADDR", name, SIOCSIFADDR, request);
      putAddress(request, IFREQ_VALUE, mask(prefix));
      control("SIOCSIFNETMASK", name, SIOCSIFNETMASK, request);
    }
  }

  /** Routes everything that has no other route to {@code gateway}. */
  public static void setDefaultRoute(byte[] gateway) {
    try (Block route = Block.allocate(RTENTRY_SIZE)) {
      putAddress(route, 8, new byte[4]);
      putAddress(route, 24, gateway);
      putAddress(route, 40, new byte[4]);
      route.putShort(56, RTF_UP_GATEWAY);
      control("SIOCADDRT", "default", SIOCADDRT, route);
    }
  }

  /** Adds an IPv6 address, sixteen bytes, with the length of its network's prefix in bits. */
  public static void setAddress6(String name, byte[] address, int prefix) {
    try (Block request = request(name);
        Block added = Block.allocate(IN6_IFREQ_SIZE)) {
      control("SIOCGIFINDEX", name, SIOCGIFINDEX, request);
      added.put(0, address, 0, IPV6).putInt(IPV6, prefix);
      added.putInt(IPV6 + 4, request.getInt(IFREQ_VALUE));
      control(Sockets.AF_INET6, "SIOCSIFADDR", name, SIOCSIFADDR, added);
    }
  }

  /** Routes everything of IPv6 that has no other route to {@code gateway}. */
  public static void setDefaultRoute6(byte[] gateway) {
    try (Block route = Block.allocate(IN6_RTMSG_SIZE)) {
      route.put(2 * IPV6, gateway, 0, IPV6).putInt(56, 1).putInt(72, RTF_UP_GATEWAY);
      control(Sockets.AF_INET6, "SIOCADDRT", "default", SIOCADDRT, route);
    }
  }

  /**
   * Moves the interface to the network namespace that {@code namespace} holds open: there it is
   * down and has no address.
   */
  public static void move(String name, int namespace) {
    int second = LINK_HEADER + ATTRIBUTE_HEADER + IFNAMSIZ;
    int size = second + ATTRIBUTE_HEADER + 4;
    try (Block named = request(name);
        Block message = Block.allocate(size)) {
      message.putInt(0, size).putShort(4, RTM_NEWLINK).putShort(6, NLM_F_REQUEST_ACK);
      message.putShort(LINK_HEADER, ATTRIBUTE_HEADER + IFNAMSIZ);
      message.putShort(LINK_HEADER + 2, IFLA_IFNAME);
      message.put(LINK_HEADER + ATTRIBUTE_HEADER, named.bytes(0, IFNAMSIZ), 0, IFNAMSIZ);
      message.putShort(second, ATTRIBUTE_HEADER + 4).putShort(second + 2, IFLA_NET_NS_FD);
      message.putInt(second + ATTRIBUTE_HEADER, namespace);
      perform("RTM_NEWLINK", name, message.bytes(0, size));
    }
  }

  /** Has the kernel act on a message of rtnetlink's, and reads its struct nlmsgerr. */
  private static void perform(String call, String operand, byte[] message) {
    int socket = Sockets.open(Sockets.AF_NETLINK, Sockets.SOCK_RAW, NETLINK_ROUTE);
    byte[] answer = new byte[4096];
    try {
      Descriptors.writeAll(socket, message);
      int length = Descriptors.read(socket, answer, 0, answer.length);
      try (Block block = Block.of(answer)) {
        int error = length < 20 ? -Errno.EIO : block.getInt(16);
        if (error != 0) {
          throw new ErrnoException(call, operand, -error);
        }
      }
    } finally {
      Descriptors.close(socket);
    }
  }

  static byte[] mask(int prefix) {
    int bits = prefix == 0 ? 0 : -1 << (32 - prefix);
    return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
  }

  /** struct sockaddr_in. */
  private static void putAddress(Block block, int offset, byte[] address) {
    block.putShort(offset, Sockets.AF_INET).put(offset + 4, address, 0, 4);
  }

  /** struct ifreq with its name. */
  private static Block request(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length == 0 || bytes.length >= IFNAMSIZ) {
      throw new ErrnoException("interface", name, Errno.ENODEV);
    }
    return Block.allocate(IFREQ_SIZE).put(0, bytes, 0, bytes.length);
  }

  private static void control(String call, String operand, long number, Block argument) {
    control(Sockets.AF_INET, call, operand, number, argument);
  }

  private static void control(
      int family, String call, String operand, long number, Block argument) {
    int socket = Sockets.open(family, Sockets.SOCK_DGRAM, 0);
    try {
      Descriptors.ioctl(socket, call + " " + operand, number, argument);
    } finally {
      Descriptors.close(socket);
    }
  }
}
