package caisson.agent;

import caisson.agent.channel.Port;
import caisson.guest.protocol.Protocol;
import caisson.libc.Descriptors;
import caisson.libc.Directory;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.PollSet;
import caisson.libc.Sockets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The virtio-serial port to the host (the kernel's drivers/char/virtio_console.c). */
record VirtioPort(int fd) implements Port {
  private static final String PORTS = "/sys/class/virtio-ports";
  private static final int NETLINK_KOBJECT_UEVENT = 15;
  private static final int MAX_NAME = 64;

  /**
   * Opens the port named {@link Protocol#PORT}, which the kernel finds some time after it has
   * started the agent.
   *
   * @param milliseconds how long the wait for the next device event may be
   */
  static Optional<VirtioPort> open(int milliseconds) {
    int events = Sockets.open(Sockets.AF_NETLINK, Sockets.SOCK_RAW, NETLINK_KOBJECT_UEVENT);
    try (PollSet set = new PollSet()) {
      Sockets.bind(events, new byte[] {Sockets.AF_NETLINK, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0}, "");
      set.add(events, PollSet.POLLIN);
      Optional<VirtioPort> port = find();
      while (port.isEmpty() && set.await(milliseconds) > 0) {
        Descriptors.read(events, new byte[4096], 0, 4096);
        port = find();
      }
      return port;
    } finally {
      Descriptors.close(events);
    }
  }

  private static Optional<VirtioPort> find() {
    for (String device : names()) {
      byte[] name = Files.read(PORTS + "/" + device + "/name", MAX_NAME);
      // Not strip(), which has TeaVM unpack Unicode's tables: half of what the agent does at start.
      if (new String(name, StandardCharsets.UTF_8).trim().equals(Protocol.PORT)) {
        int fd = Files.open("/dev/" + device, Files.O_RDWR | Files.O_NONBLOCK);
        return Optional.of(new VirtioPort(fd));
      }
    }
    return Optional.empty();
  }

  private static List<String> names() {
    try {
      return Directory.names(PORTS);
    } catch (ErrnoException notYet) {
      return List.of();
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    return Descriptors.read(fd, buffer, offset, length);
  }

  @Override
  public int write(byte[] buffer, int offset, int length) {
    return Descriptors.write(fd, buffer, offset, length);
  }
}
