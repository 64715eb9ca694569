package caisson.agent.container;

import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.ContainerSetup.Mount;
import caisson.libc.Files;
import caisson.libc.Mounts;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is mounted once for all containers of the machine, where the agent sees it: the host's one
 * export of shares, whose channel the kernel gives to one mount at a time, and memory that several
 * containers have together.
 */
final class MachineMounts {
  /** Where the host's shares are, by their names. */
  static final String SHARES = "/shares";

  private static final String MEMORY = "/memory";
  private static final String TAG = "shares";

  /**
   * Reads and writes go to the host at once, so that it and other guests see them; only what is
   * mapped into memory is kept (the kernel's Documentation/filesystems/9p.rst).
   */
  private static final String SHARE_OPTIONS =
      "trans=virtio,version=9p2000.L,cache=mmap,msize=512000";

  private MachineMounts() {}

  /** Where the memory called {@code name} is. */
  static String memory(String name) {
    return MEMORY + "/" + name;
  }

  /** Mounts what a container needs of it and is not there. */
  static void make(ContainerSetup setup) {
    for (Mount mount : setup.mounts()) {
      if (mount.type().equals(Mount.SHARE) && !Files.exists(SHARES)) {
        mount(SHARES, 0700, () -> Mounts.mount(TAG, SHARES, "9p", 0, SHARE_OPTIONS));
      }
      if (mount.type().equals(Mount.MEMORY)) {
        makeMemory(mount);
      }
    }
  }

  private static void makeMemory(Mount mount) {
    String place = memory(mount.source());
    if (!Files.exists(place)) {
      Files.makeDirectories(MEMORY, 0700);
      long flags = Mounts.MS_NOSUID | Mounts.MS_NODEV | Mounts.MS_NOEXEC;
      String options = String.join(",", MountOptions.parse(mount.options()).data());
      mount(place, 0755, () -> Mounts.mount("shm", place, "tmpfs", flags, options));
    }
  }

  /** A place is there as long as something is mounted on it. */
  private static void mount(String place, int mode, Runnable mount) {
    Files.makeDirectory(place, mode);
    try {
      mount.run();
    } catch (RuntimeException e) {
      Files.removeDirectory(place);
      throw e;
    }
  }

  /**
   * Gives back the memory of a container that has ended.
   *
   * @param shared whether another container has the memory of that name, too
   */
  static void release(List<Mount> mounts, Predicate<String> shared) {
    for (Mount mount : mounts) {
      String place = memory(mount.source());
      boolean memory = mount.type().equals(Mount.MEMORY);
      if (memory && !shared.test(mount.source()) && Files.exists(place)) {
        Mounts.unmount(place, Mounts.MNT_DETACH);
        Files.removeDirectory(place);
      }
    }
  }
}
