package caisson.agent.container;

import caisson.guest.protocol.LimitsSetup;
import java.util.ArrayList;
import java.util.List;

/** Limits as cgroup v2's files have them (Documentation/admin-guide/cgroup-v2.rst). */
final class CgroupLimits {
  private static final long UNCHANGED = -1;

  /** The kernel counts no more tasks than this (PID_MAX_LIMIT of a 64-bit machine). */
  private static final long MAX_PIDS = 4L << 20;

  private CgroupLimits() {}

  /** A file of a cgroup and what is to be written to it. */
  record Write(String file, String text) {}

  /** What {@code limits} change; {@code cpuMax} is what the file of that name says so far. */
  static List<Write> of(LimitsSetup limits, String cpuMax) {
    List<Write> writes = new ArrayList<>();
    addText(writes, "cpuset.cpus", limits.cpus());
    addText(writes, "cpuset.mems", limits.mems());
    if (limits.cpuQuota() != UNCHANGED || limits.cpuPeriod() != UNCHANGED) {
      writes.add(new Write("cpu.max", cpuMax(limits, cpuMax)));
    }
    addNumber(writes, "cpu.weight", limits.cpuWeight(), Long.MAX_VALUE);
    addNumber(writes, "memory.max", limits.memory(), Long.MAX_VALUE);
    addNumber(writes, "memory.swap.max", limits.swap(), Long.MAX_VALUE);
    addNumber(writes, "pids.max", limits.pids(), MAX_PIDS);
    return writes;
  }

  private static void addText(List<Write> writes, String file, String text) {
    if (!text.isEmpty()) {
      writes.add(new Write(file, text));
    }
  }

  private static void addNumber(List<Write> writes, String file, long value, long infinity) {
    if (value != UNCHANGED) {
      writes.add(new Write(file, value >= infinity ? "max" : String.valueOf(value)));
    }
  }

  /** Quota and period, in microseconds; each stays as it is unless it is given. */
  private static String cpuMax(LimitsSetup limits, String before) {
    int space = before.indexOf(' ');
    String quota = before.substring(0, space);
    if (limits.cpuQuota() != UNCHANGED) {
      quota = limits.cpuQuota() == 0 ? "max" : String.valueOf(limits.cpuQuota());
    }
    String period =
        limits.cpuPeriod() == UNCHANGED
            ? before.substring(space + 1)
            : String.valueOf(limits.cpuPeriod());
    return quota + " " + period;
  }
}
