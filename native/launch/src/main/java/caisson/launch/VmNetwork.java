package caisson.launch;

import caisson.libc.Block;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Sockets;
import java.nio.charset.StandardCharsets;

/**
 * Interfaces in the network namespace that the process is in. The VM's own lives as long as
 * somebody holds one of its taps: nothing pins it, nothing is left of it.
 */
final class VmNetwork {
  static final String BRIDGE = "br0";

  private static final long TUNSETIFF = 0x400454caL;
  private static final int IFF_TAP = 0x2;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;

  private static final long SIOCGIFFLAGS = 0x8913L;
  private static final long SIOCSIFFLAGS = 0x8914L;
  private static final long SIOCSIFMTU = 0x8922L;
  private static final long SIOCGIFINDEX = 0x8933L;
  private static final long SIOCBRADDBR = 0x89a0L;
  private static final long SIOCBRADDIF = 0x89a2L;
  private static final int IFF_UP = 1;

  private static final int IFREQ_SIZE = 40;
  private static final int IFREQ_VALUE = 16;
  private static final int IFNAMSIZ = 16;

  private VmNetwork() {}

  /** Makes the tap {@code name} and answers its descriptor. */
  static int openTap(String name) {
    int tap = Files.open("/dev/net/tun", Files.O_RDWR | Files.O_NONBLOCK);
    try (Block request = request(name)) {
      request.putShort(IFREQ_VALUE, IFF_TAP | IFF_NO_PI | IFF_VNET_HDR);
      Descriptors.ioctl(tap, "TUNSETIFF " + name, TUNSETIFF, request);
    }
    return tap;
  }

  /**
   * Has an interface, or with {@code default} all that are made from now on, take no IPv6 address
   * of its own: the kernel's only part in them is to pass frames on, so its stack should not answer
   * the guest.
   */
  static void disableIpv6(String name) {
    try {
      Files.write("/proc/sys/net/ipv6/conf/" + name + "/disable_ipv6", "1");
    } catch (ErrnoException e) {
      boolean noIpv6 = e.errno() == Errno.ENOENT;
      boolean readOnly = e.errno() == Errno.EROFS || e.errno() == Errno.EACCES;
      if (!noIpv6 && !readOnly) {
        throw e;
      }
    }
  }

  static void addBridge(int mtu) {
    int socket = Sockets.open(Sockets.AF_INET, Sockets.SOCK_DGRAM, 0);
    try (Block name = Block.ofString(BRIDGE)) {
      Descriptors.ioctl(socket, "SIOCBRADDBR", SIOCBRADDBR, name);
    } finally {
      Descriptors.close(socket);
    }
    raise(BRIDGE, mtu);
  }

  /** Joins the interface {@code port} to the bridge {@code name}. */
  static void addPort(String name, String port) {
    int socket = Sockets.open(Sockets.AF_INET, Sockets.SOCK_DGRAM, 0);
    try (Block request = request(port);
        Block bridge = request(name)) {
      Descriptors.ioctl(socket, "SIOCGIFINDEX " + port, SIOCGIFINDEX, request);
      bridge.putInt(IFREQ_VALUE, request.getInt(IFREQ_VALUE));
      Descriptors.ioctl(socket, "SIOCBRADDIF " + port, SIOCBRADDIF, bridge);
    } finally {
      Descriptors.close(socket);
    }
  }

  /** Sets the MTU of {@code name} and brings it up. */
  static void raise(String name, int mtu) {
    int socket = Sockets.open(Sockets.AF_INET, Sockets.SOCK_DGRAM, 0);
    try (Block request = request(name)) {
      request.putInt(IFREQ_VALUE, mtu);
      Descriptors.ioctl(socket, "SIOCSIFMTU " + name, SIOCSIFMTU, request);
      Descriptors.ioctl(socket, "SIOCGIFFLAGS " + name, SIOCGIFFLAGS, request);
      request.putShort(IFREQ_VALUE, request.getShort(IFREQ_VALUE) | IFF_UP);
      Descriptors.ioctl(socket, "SIOCSIFFLAGS " + name, SIOCSIFFLAGS, request);
    } finally {
      Descriptors.close(socket);
    }
  }

  /** struct ifreq with its name. */
  private static Block request(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    return Block.allocate(IFREQ_SIZE).put(0, bytes, 0, Math.min(bytes.length, IFNAMSIZ - 1));
  }
}
