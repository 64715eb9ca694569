package caisson.runtime;

import caisson.libc.Files;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code update} is to change, as the spec's resources (config-linux.md). */
final class Resources {
  private static final String UNITS = "bkmgt";

  private Resources() {}

  /** Those of a file, or those that the flags name. */
  static byte[] of(Options options) {
    Optional<String> file = options.value("resources", "r");
    if (file.isPresent()) {
      return Files.read(file.get().equals("-") ? "/dev/stdin" : file.get(), Main.MAX_JSON);
    }
    List<String> cpu = new ArrayList<>();
    number(cpu, "period", options.value("cpu-period"));
    number(cpu, "quota", options.value("cpu-quota"));
    number(cpu, "shares", options.value("cpu-share"));
    text(cpu, "cpus", options.value("cpuset-cpus"));
    text(cpu, "mems", options.value("cpuset-mems"));
    List<String> memory = new ArrayList<>();
    number(memory, "limit", options.value("memory"));
    number(memory, "reservation", options.value("memory-reservation"));
    number(memory, "swap", options.value("memory-swap"));
    List<String> pids = new ArrayList<>();
    number(pids, "limit", options.value("pids-limit"));
    List<String> all = new ArrayList<>();
    group(all, "cpu", cpu);
    group(all, "memory", memory);
    group(all, "pids", pids);
    return object(all).getBytes(StandardCharsets.UTF_8);
  }

  private static void group(List<String> all, String name, List<String> members) {
    if (!members.isEmpty()) {
      all.add(JsonText.quoted(name) + ":" + object(members));
    }
  }

  private static String object(List<String> members) {
    return "{" + String.join(",", members) + "}";
  }

  private static void text(List<String> members, String name, Optional<String> value) {
    value.ifPresent(it -> members.add(JsonText.quoted(name) + ":" + JsonText.quoted(it)));
  }

  private static void number(List<String> members, String name, Optional<String> value) {
    value.ifPresent(it -> members.add(JsonText.quoted(name) + ":" + number(it)));
  }

  /** A number, or one of bytes with its unit: 512m. */
  static long number(String text) {
    int unit =
        text.isEmpty() ? -1 : UNITS.indexOf(Character.toLowerCase(text.charAt(text.length() - 1)));
    String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
    try {
      return Math.multiplyExact(Long.parseLong(digits), 1L << (10 * Math.max(0, unit)));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new RuntimeFailure("invalid value \"" + text + "\": write a number like 512m");
    }
  }
}
