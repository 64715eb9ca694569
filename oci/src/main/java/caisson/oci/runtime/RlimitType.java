package caisson.oci.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What setrlimit(2) limits on Linux, by its numbers (asm-generic/resource.h). */
public enum RlimitType {
  CPU(0),
  FSIZE(1),
  DATA(2),
  STACK(3),
  CORE(4),
  RSS(5),
  NPROC(6),
  NOFILE(7),
  MEMLOCK(8),
  AS(9),
  LOCKS(10),
  SIGPENDING(11),
  MSGQUEUE(12),
  NICE(13),
  RTPRIO(14),
  RTTIME(15);

  private static final String PREFIX = "RLIMIT_";

  private final int number;

  RlimitType(int number) {
    this.number = number;
  }

  /** Finds one by its name in any case, with or without RLIMIT_. */
  public static Optional<RlimitType> named(String text) {
    var name = text.toUpperCase(Locale.ROOT);
    var bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    return Arrays.stream(values()).filter(each -> each.name().equals(bare)).findFirst();
  }

  /** Its number, for the system call. */
  public int number() {
    return number;
  }

  /** The name with RLIMIT_, as the spec writes it. */
  public String text() {
    return PREFIX + name();
  }
}
