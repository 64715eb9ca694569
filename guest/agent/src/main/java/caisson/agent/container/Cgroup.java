package caisson.agent.container;

import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.Outcome;
import caisson.libc.Clock;
import caisson.libc.Descriptors;
import caisson.libc.Directory;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.Processes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A container's control group (v2). It bears the container's limits and is the root of its cgroup
 * namespace, so that programs find their limits where they look for them; the hierarchy has to be
 * mounted with {@code nsdelegate}, so that a container cannot lift them.
 */
final class Cgroup {
  private static final String HIERARCHY = "/sys/fs/cgroup";

  /** The machine is the container's network namespace. */
  private static final String NETWORKS = "/proc/net/dev";

  /** No file of the kernel's begins so, whatever the container's name. */
  private static final String PREFIX = "/caisson.";

  /** How many cgroups a container may make in its own, and how deep. */
  private static final int MAX_DESCENDANTS = 1024;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_FILE = 4096;
  private static final int MAX_PROCESS_LIST = 1 << 20;
  private static final long NANOSECONDS_PER_MICROSECOND = 1000;

  private final String path;
  private final int directory;
  private boolean removed;
  private boolean oomKilledBefore;

  private Cgroup(String path, int directory) {
    this.path = path;
    this.directory = directory;
  }

  /** Has every controller of the kernel's take effect below the hierarchy's root. */
  static void enableControllers() {
    StringBuilder all = new StringBuilder();
    for (String controller : CgroupText.words(text(HIERARCHY + "/cgroup.controllers"))) {
      all.append('+').append(controller).append(' ');
    }
    Files.write(HIERARCHY + "/cgroup.subtree_control", all.toString());
  }

  /** Makes the cgroup of the container {@code id}. */
  static Cgroup create(String id, LimitsSetup limits) {
    String path = HIERARCHY + PREFIX + id;
    try {
      Files.makeDirectory(path, 0755);
    } catch (ErrnoException e) {
      if (e.errno() == Errno.EEXIST) {
        throw new ContainerFailure(Outcome.CONFLICT, "there is a container " + id + " already");
      }
      throw e;
    }
    Cgroup cgroup = new Cgroup(path, Files.open(path, Files.O_RDONLY | Files.O_DIRECTORY));
    try {
      cgroup.write("cgroup.max.descendants", String.valueOf(MAX_DESCENDANTS));
      cgroup.write("cgroup.max.depth", String.valueOf(MAX_DEPTH));
      cgroup.limit(limits);
      return cgroup;
    } catch (ErrnoException e) {
      cgroup.remove();
      throw e;
    }
  }

  /** Opens the cgroup that the process {@code pid} is in; the file says "0::" and its path. */
  static int openDirectoryOf(int pid) {
    String text = text("/proc/" + pid + "/cgroup").trim();
    String path = HIERARCHY + text.substring(text.indexOf("::") + 2);
    return Files.open(path, Files.O_RDONLY | Files.O_DIRECTORY);
  }

  /** The open directory. */
  int directory() {
    return directory;
  }

  /** Changes limits; blocks while the kernel takes back memory that is over a new one. */
  void limit(LimitsSetup limits) {
    for (CgroupLimits.Write write : CgroupLimits.of(limits, read("cpu.max").trim())) {
      write(write.file(), write.text());
    }
  }

  ContainerUsage usage() {
    String cpu = read("cpu.stat");
    return new ContainerUsage(
        Clock.nanoseconds(Clock.CLOCK_MONOTONIC),
        CgroupText.keyed(cpu, "usage_usec") * NANOSECONDS_PER_MICROSECOND,
        CgroupText.keyed(cpu, "user_usec") * NANOSECONDS_PER_MICROSECOND,
        CgroupText.keyed(cpu, "system_usec") * NANOSECONDS_PER_MICROSECOND,
        CgroupText.number(read("memory.current")),
        CgroupText.keyed(read("memory.stat"), "inactive_file"),
        CgroupText.number(read("memory.max")),
        CgroupText.number(read("pids.current")),
        CgroupText.number(read("pids.max")),
        UsageText.networks(text(NETWORKS)),
        UsageText.disks(read("io.stat")));
  }

  /** Stops all processes here and below, or lets them go on. */
  void freeze(boolean frozen) {
    write("cgroup.freeze", frozen ? "1" : "0");
  }

  /** The processes here and below; those that come and go meanwhile are in it or not. */
  List<Integer> processes() {
    List<Integer> pids = new ArrayList<>();
    collectProcesses(path, MAX_DEPTH, pids);
    return pids;
  }

  private static void collectProcesses(String directory, int depth, List<Integer> pids) {
    for (String pid : processes(directory)) {
      pids.add(Integer.parseInt(pid));
    }
    if (depth > 0) {
      for (String name : Directory.names(directory)) {
        String below = directory + "/" + name;
        if (FileStatus.ofLink(below).isDirectory()) {
          collectProcesses(below, depth - 1, pids);
        }
      }
    }
  }

  private static List<String> processes(String directory) {
    byte[] list = Files.read(directory + "/cgroup.procs", MAX_PROCESS_LIST);
    return CgroupText.words(new String(list, StandardCharsets.US_ASCII));
  }

  /** Whether the kernel has killed a process here, or below, for want of memory. */
  boolean oomKilled() {
    return removed ? oomKilledBefore : CgroupText.keyed(read("memory.events"), "oom_kill") > 0;
  }

  /** Kills every process here and below. */
  void kill() {
    if (!removed) {
      write("cgroup.kill", "1");
    }
  }

  /** Sends {@code signal} to every process that is here, not below. */
  void signal(int signal) {
    for (String pid : processes(path)) {
      try {
        Processes.kill(Integer.parseInt(pid), signal);
      } catch (ErrnoException e) {
        if (e.errno() != Errno.ESRCH) {
          throw e;
        }
      }
    }
  }

  /** Removes the cgroup and those that the container made in it; false while a process is left. */
  boolean remove() {
    if (removed) {
      return true;
    }
    try {
      boolean oomKilled = oomKilled();
      removeBelow(path, MAX_DEPTH);
      Descriptors.close(directory);
      oomKilledBefore = oomKilled;
      removed = true;
      return true;
    } catch (ErrnoException e) {
      if (e.errno() == Errno.EBUSY) {
        return false;
      }
      throw e;
    }
  }

  private static void removeBelow(String directory, int depth) {
    if (depth > 0) {
      for (String name : Directory.names(directory)) {
        String below = directory + "/" + name;
        if (FileStatus.ofLink(below).isDirectory()) {
          removeBelow(below, depth - 1);
        }
      }
    }
    Files.removeDirectory(directory);
  }

  private void write(String file, String text) {
    try {
      Files.write(path + "/" + file, text);
    } catch (ErrnoException e) {
      // A kernel without swap has no file for it, and nothing to limit.
      if (e.errno() != Errno.ENOENT || !file.equals("memory.swap.max")) {
        throw e;
      }
    }
  }

  private String read(String file) {
    return text(path + "/" + file);
  }

  private static String text(String path) {
    return new String(Files.read(path, MAX_FILE), StandardCharsets.US_ASCII);
  }
}
