package caisson.agent;

import caisson.agent.container.GuestContainer;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Interfaces;
import caisson.libc.Mounts;

/**
 * What the agent needs around it: a root that containers can pivot away from, the kernel's file
 * systems, cgroups with their controllers, and the loopback interface.
 */
final class GuestRoot {
  private static final long SAFE = Mounts.MS_NOSUID | Mounts.MS_NODEV | Mounts.MS_NOEXEC;
  private static final String CGROUPS = "/sys/fs/cgroup";

  private final Console console;

  GuestRoot(Console console) {
    this.console = console;
  }

  /** Makes all of it. What fails is said on the console and left out. */
  void make() {
    attempt(this::leaveInitramfs);
    attempt(() -> mount("devtmpfs", "/dev", Mounts.MS_NOSUID | Mounts.MS_NOEXEC, "mode=755"));
    attempt(() -> mount("proc", "/proc", SAFE, ""));
    attempt(() -> mount("sysfs", "/sys", SAFE, ""));
    attempt(() -> Mounts.mount("cgroup2", CGROUPS, "cgroup2", SAFE, "nsdelegate"));
    attempt(GuestContainer::prepareMachine);
    attempt(() -> Interfaces.setUp("lo", true));
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (ErrnoException e) {
      console.say("cannot prepare the guest: " + e.getMessage());
    }
  }

  /**
   * pivot_root(2) refuses to leave an initramfs, so a tmpfs is moved over it (the kernel's
   * Documentation/filesystems/ramfs-rootfs-initramfs.rst).
   */
  private void leaveInitramfs() {
    Files.makeDirectories("/root", 0700);
    Mounts.mount("tmpfs", "/root", "tmpfs", Mounts.MS_NOSUID | Mounts.MS_NODEV, "mode=755");
    for (String directory : new String[] {"dev", "proc", "sys", "run", "tmp"}) {
      Files.makeDirectory("/root/" + directory, 0755);
    }
    Files.changeDirectory("/root");
    Mounts.mount(".", "/", "", Mounts.MS_MOVE, "");
    Mounts.changeRoot(".");
    Files.changeDirectory("/");
  }

  private static void mount(String type, String target, long flags, String options) {
    Mounts.mount(type, target, type, flags, options);
  }
}
