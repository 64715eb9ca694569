package caisson.agent.container;

import caisson.guest.protocol.Task;
import caisson.libc.Clock;
import caisson.libc.Errno;
import caisson.libc.ErrnoException;
import caisson.libc.FileStatus;
import caisson.libc.Files;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what the kernel knows of processes. */
final class Tasks {
  private static final int MAX_STAT = 1024;
  private static final int MAX_ARGUMENTS = 4 * Task.MAX_COMMAND;

  private Tasks() {}

  /** Those of {@code pids} that there still are, as many as can be told of. */
  static List<Task> of(List<Integer> pids) {
    long boot = Clock.nanoseconds(Clock.CLOCK_REALTIME) - Clock.nanoseconds(Clock.CLOCK_BOOTTIME);
    List<Task> tasks = new ArrayList<>();
    for (int pid : pids) {
      if (tasks.size() < Task.MAX_TASKS) {
        add(tasks, pid, boot);
      }
    }
    return tasks;
  }

  private static void add(List<Task> tasks, int pid, long boot) {
    String directory = "/proc/" + pid;
    try {
      int uid = FileStatus.of(directory).uid();
      String stat = text(directory + "/stat", MAX_STAT);
      String arguments = text(directory + "/cmdline", MAX_ARGUMENTS);
      tasks.add(TaskText.task(pid, uid, stat, arguments, boot));
    } catch (ErrnoException e) {
      boolean gone = e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH;
      if (!gone) {
        throw e;
      }
    }
  }

  private static String text(String path, int limit) {
    return new String(Files.read(path, limit), StandardCharsets.UTF_8);
  }
}
