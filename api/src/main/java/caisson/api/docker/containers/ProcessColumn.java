package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.engine.GuestTask;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A column of ps(1), by the names that its option -o takes. */
enum ProcessColumn {
  UID("UID", "uid"),
  USER("USER", "user euser uname ruser"),
  PID("PID", "pid"),
  PPID("PPID", "ppid"),
  C("C", "c"),
  CPU("%CPU", "%cpu pcpu"),
  VSZ("VSZ", "vsz vsize"),
  RSS("RSS", "rss rssize"),
  TTY("TTY", "tty tt tname"),
  STAT("STAT", "stat state s"),
  STIME("STIME", "stime"),
  START("START", "start start_time bsdstart"),
  ETIME("ELAPSED", "etime"),
  TIME("TIME", "time cputime"),
  BSD_TIME("TIME", "bsdtime"),
  COMM("COMMAND", "comm ucmd ucomm"),
  CMD("CMD", "cmd"),
  COMMAND("COMMAND", "args command");

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMdd", Locale.ROOT);

  private final String title;
  private final String names;

  /**
   * @param names with blanks between
   */
  ProcessColumn(String title, String names) {
    this.title = title;
    this.names = names;
  }

  String title() {
    return title;
  }

  /** The column that -o calls {@code name}. */
  static ProcessColumn named(String name) {
    for (var column : values()) {
      if (List.of(column.names.split(" ")).contains(name.toLowerCase(Locale.ROOT))) {
        return column;
      }
    }
    throw BadRequest.of("ps: unknown user-defined format specifier \"" + name + "\"");
  }

  /** What stands in it. */
  String of(GuestTask task, Instant now) {
    var age = Duration.between(task.started(), now);
    return switch (this) {
      case UID, USER -> task.uid() == 0 ? "root" : Long.toString(task.uid());
      case PID -> Integer.toString(task.pid());
      case PPID -> Integer.toString(task.parent());
      case C -> Long.toString((long) share(task.cpu(), age));
      case CPU -> String.format(Locale.ROOT, "%.1f", share(task.cpu(), age));
      case VSZ -> Long.toString(task.virtualBytes() >> 10);
      case RSS -> Long.toString(task.residentBytes() >> 10);
      case TTY -> task.terminal();
      case STAT -> task.state();
      case STIME, START -> start(task.started(), now);
      case ETIME -> elapsed(age);
      case TIME -> clock(task.cpu());
      case BSD_TIME -> task.cpu().toMinutes() + ":" + two(task.cpu().toSecondsPart());
      case COMM -> task.name();
      case CMD, COMMAND -> task.command();
    };
  }

  /** CPU time in percent of the time since the start. */
  private static double share(Duration cpu, Duration age) {
    return age.isPositive() ? 100.0 * cpu.toMillis() / Math.max(age.toMillis(), 1) : 0;
  }

  private static String start(Instant started, Instant now) {
    var zone = ZoneId.systemDefault();
    var when = ZonedDateTime.ofInstant(started, zone);
    boolean today = when.toLocalDate().equals(LocalDate.ofInstant(now, zone));
    return when.format(today ? CLOCK : DAY);
  }

  private static String clock(Duration time) {
    return two(time.toHours()) + ":" + two(time.toMinutesPart()) + ":" + two(time.toSecondsPart());
  }

  private static String elapsed(Duration age) {
    return (age.toHours() > 0 ? two(age.toHours()) + ":" : "")
        + two(age.toMinutesPart())
        + ":"
        + two(age.toSecondsPart());
  }

  private static String two(long number) {
    return (number < 10 ? "0" : "") + number;
  }
}
