package caisson.agent.container;

import caisson.guest.protocol.Outcome;
import caisson.libc.Clock;
import caisson.libc.Descriptors;
import caisson.libc.Directory;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.PollSet;
import caisson.libc.Sockets;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds disks by their serial numbers, also those that are still being plugged in: the kernel's
 * uevents say when it is worth looking again.
 */
final class DiskSearch implements AutoCloseable {
  private static final String BLOCK_DEVICES = "/sys/block";
  private static final String DEVICES = "/dev/";
  private static final long PATIENCE_NANOSECONDS = 10_000_000_000L;

  /** In case an event is lost: the socket's buffer is bounded. */
  private static final int LOOK_AGAIN_MILLISECONDS = 100;

  private static final int NETLINK_KOBJECT_UEVENT = 15;
  private static final int MAX_SERIAL = 256;
  private static final int PAGE_HEADER = 4;

  private final int events;
  private final PollSet poll = new PollSet();
  private final Map<String, String> serials = new HashMap<>();

  DiskSearch() {
    int type = Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK;
    events = Sockets.open(Sockets.AF_NETLINK, type, NETLINK_KOBJECT_UEVENT);
    Sockets.bind(events, kernelGroup(), "uevents");
  }

  /** struct sockaddr_nl: family 2, pad 2, port 4, groups 4; the kernel sends to group 1. */
  private static byte[] kernelGroup() {
    byte[] address = new byte[12];
    address[0] = Sockets.AF_NETLINK;
    address[8] = 1;
    return address;
  }

  /** The device of the disk {@code serial}; waits for it up to ten seconds. */
  String await(String serial) {
    long deadline = Clock.nanoseconds(Clock.CLOCK_MONOTONIC) + PATIENCE_NANOSECONDS;
    while (!serials.containsKey(serial)) {
      look();
      if (!serials.containsKey(serial)) {
        if (Clock.nanoseconds(Clock.CLOCK_MONOTONIC) > deadline) {
          throw missing(serial);
        }
        awaitEvent();
      }
    }
    return DEVICES + serials.get(serial);
  }

  /** The device of the disk {@code serial} if it is there now. */
  Optional<String> find(String serial) {
    look();
    return Optional.ofNullable(serials.get(serial)).map(name -> DEVICES + name);
  }

  private ContainerFailure missing(String serial) {
    return new ContainerFailure(
        Outcome.REFUSED,
        "the disk " + serial + " has not appeared for 10 s; these are here: " + serials.keySet());
  }

  private void look() {
    for (String name : Directory.names(BLOCK_DEVICES)) {
      if (!serials.containsValue(name)) {
        String serial = serial(BLOCK_DEVICES + "/" + name);
        if (!serial.isEmpty()) {
          serials.put(serial, name);
        }
      }
    }
  }

  private void awaitEvent() {
    poll.clear();
    poll.add(events, PollSet.POLLIN);
    poll.await(LOOK_AGAIN_MILLISECONDS);
    byte[] event = new byte[512];
    int length = 1;
    while (length > 0) {
      length = readEvent(event);
    }
  }

  /** What an event says does not matter, nor that some were lost (ENOBUFS). */
  private int readEvent(byte[] event) {
    try {
      return Descriptors.read(events, event, 0, event.length);
    } catch (ErrnoException lost) {
      return 1;
    }
  }

  /** The serial number of a disk: virtio_blk's attribute, or SCSI's page of vital product data. */
  private static String serial(String device) {
    byte[] virtio = read(device + "/serial");
    return virtio.length > 0 ? text(virtio, 0) : unitSerial(read(device + "/device/vpd_pg80"));
  }

  private static byte[] read(String path) {
    try {
      return Files.read(path, MAX_SERIAL);
    } catch (ErrnoException none) {
      return new byte[0];
    }
  }

  /** Page 0x80: type, page, length in two bytes, then the number, padded with spaces (SPC-4). */
  static String unitSerial(byte[] page) {
    return page.length <= PAGE_HEADER ? "" : text(page, PAGE_HEADER);
  }

  private static String text(byte[] bytes, int start) {
    return new String(bytes, start, bytes.length - start, StandardCharsets.US_ASCII).trim();
  }

  @Override
  public void close() {
    poll.close();
    Descriptors.close(events);
  }
}
