package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of this host. */
final class HostProcesses {
  private HostProcesses() {}

  /** Those whose command line holds {@code text}: their ids and command lines. */
  static List<String> naming(String text) {
    var found = new ArrayList<String>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var entry : entries) {
        var line = commandLine(entry);
        if (line.contains(text)) {
          found.add(entry.getFileName() + " " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Those that run as the user {@code uid}. */
  static List<ProcessHandle> of(int uid) {
    return ProcessHandle.allProcesses().filter(process -> user(process) == uid).toList();
  }

  /** The real user; the owner of the directory in /proc is root's for some (proc(5)). */
  private static int user(ProcessHandle process) {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("Uid:"))
          .mapToInt(line -> Integer.parseInt(line.split("\t", -1)[1]))
          .findFirst()
          .orElse(-1);
    } catch (IOException | UncheckedIOException ended) {
      return -1;
    }
  }

  private static String commandLine(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
          .replace('\0', ' ');
    } catch (IOException ended) {
      return "";
    }
  }
}
