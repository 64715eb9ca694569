package caisson.agent.container;

import caisson.libc.Block;
import caisson.libc.Descriptors;
import caisson.libc.Sockets;

/** The interface lo of a network namespace that has just been made (netdevice(7)). */
final class Loopback {
  private static final long SIOCSIFFLAGS = 0x8914;
  private static final int IFF_UP = 1;
  private static final int IFREQ_SIZE = 40;
  private static final int IFREQ_FLAGS = 16;

  private Loopback() {}

  static void raise() {
    int socket = Sockets.open(Sockets.AF_INET, Sockets.SOCK_DGRAM, 0);
    try (Block request = Block.allocate(IFREQ_SIZE)) {
      request.putByte(0, 'l').putByte(1, 'o').putShort(IFREQ_FLAGS, IFF_UP);
      Descriptors.ioctl(socket, "SIOCSIFFLAGS lo", SIOCSIFFLAGS, request);
    } finally {
      Descriptors.close(socket);
    }
  }
}
