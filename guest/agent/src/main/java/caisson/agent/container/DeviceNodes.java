package caisson.agent.container;

import caisson.agent.container.ContainerRoot.Entry;
import caisson.agent.container.RootWalk.Found;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.ContainerSetup.Device;
import caisson.libc.Descriptors;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.util.List;
import java.util.Optional;

/** What every container has in /dev (OCI runtime spec, "Default Devices"), and what it asks for. */
final class DeviceNodes {
  private static final int ANYONE = 0666;

  private static final List<Device> DEFAULTS =
      List.of(
          new Device("/dev/null", 'c', 1, 3, ANYONE, 0, 0),
          new Device("/dev/zero", 'c', 1, 5, ANYONE, 0, 0),
          new Device("/dev/full", 'c', 1, 7, ANYONE, 0, 0),
          new Device("/dev/random", 'c', 1, 8, ANYONE, 0, 0),
          new Device("/dev/urandom", 'c', 1, 9, ANYONE, 0, 0),
          new Device("/dev/tty", 'c', 5, 0, ANYONE, 0, 0));

  private final ContainerRoot root;

  DeviceNodes(ContainerRoot root) {
    this.root = root;
  }

  /** Makes all nodes and links, unless the container brings a /dev of its own by a bind. */
  void make(ContainerSetup setup) {
    if (!bindsDev(setup.mounts())) {
      DEFAULTS.forEach(this::make);
      makeLinks();
    }
    setup.devices().forEach(this::make);
  }

  private static boolean bindsDev(List<ContainerSetup.Mount> mounts) {
    boolean binds = false;
    for (ContainerSetup.Mount mount : mounts) {
      boolean bind = mount.type().equals("bind") || MountOptions.parse(mount.options()).bind();
      binds |= bind && (mount.destination().equals("/dev") || mount.destination().equals("/dev/"));
    }
    return binds;
  }

  private void make(Device device) {
    int type =
        switch (device.type()) {
          case 'b' -> FileStatus.S_IFBLK;
          case 'p' -> FileStatus.S_IFIFO;
          default -> FileStatus.S_IFCHR;
        };
    try (Entry entry = root.entry(device.path())) {
      makeWay(entry);
      int mode = type | device.mode();
      Files.makeNodeAt(
          entry.directory(), entry.name(), mode, Files.device(device.major(), device.minor()));
      int flags = Files.AT_SYMLINK_NOFOLLOW;
      Files.setOwnerAt(entry.directory(), entry.name(), device.uid(), device.gid(), flags);
    }
  }

  private void makeLinks() {
    link("/proc/self/fd", "/dev/fd");
    link("/proc/self/fd/0", "/dev/stdin");
    link("/proc/self/fd/1", "/dev/stdout");
    link("/proc/self/fd/2", "/dev/stderr");
    link("pts/ptmx", "/dev/ptmx");
    Optional<Found> kernelMemory = root.find("/proc/kcore");
    if (kernelMemory.isPresent()) {
      Descriptors.close(kernelMemory.get().node());
      link("/proc/kcore", "/dev/core");
    }
  }

  private void link(String content, String path) {
    try (Entry entry = root.entry(path)) {
      makeWay(entry);
      Files.symbolicLinkAt(content, entry.directory(), entry.name());
    }
  }

  /** An image's own file of that name might be anything. */
  private static void makeWay(Entry entry) {
    try {
      Files.removeAt(entry.directory(), entry.name(), 0);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }
}
