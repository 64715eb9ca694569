package caisson.agent.container;

import caisson.guest.protocol.Task;
import java.util.List;

/** What /proc/PID says of a process (proc(5)). */
final class TaskText {
  /** USER_HZ, which is 100 on every machine of ours. */
  private static final long NANOSECONDS_PER_TICK = 10_000_000;

  private static final long PAGE = 4096;

  /** Fields of the file stat, counted from the one behind the name. */
  private static final int STATE = 0;

  private static final int PARENT = 1;
  private static final int TERMINAL = 4;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int START_TICKS = 19;
  private static final int VIRTUAL = 20;
  private static final int RESIDENT = 21;

  private TaskText() {}

  /**
   * A process.
   *
   * @param stat the file stat; the name in it stands in parentheses and may hold anything
   * @param arguments the file cmdline: a zero behind each argument
   * @param boot when the machine was started, in nanoseconds since 1970
   */
  static Task task(int pid, int uid, String stat, String arguments, long boot) {
    int end = stat.lastIndexOf(')');
    String name = stat.substring(stat.indexOf('(') + 1, end);
    List<String> fields = CgroupText.words(stat.substring(end + 1));
    long ticks = number(fields, USER_TICKS) + number(fields, SYSTEM_TICKS);
    return new Task(
        pid,
        (int) number(fields, PARENT),
        uid,
        fields.get(STATE).charAt(0),
        (int) number(fields, TERMINAL),
        boot + number(fields, START_TICKS) * NANOSECONDS_PER_TICK,
        ticks * NANOSECONDS_PER_TICK,
        number(fields, VIRTUAL),
        number(fields, RESIDENT) * PAGE,
        name,
        command(arguments, name));
  }

  private static long number(List<String> fields, int index) {
    return Long.parseLong(fields.get(index));
  }

  private static String command(String arguments, String name) {
    String line = arguments.replace('\0', ' ').trim();
    if (line.isEmpty()) {
      return "[" + name + "]";
    }
    return line.length() > Task.MAX_COMMAND ? line.substring(0, Task.MAX_COMMAND) : line;
  }
}
