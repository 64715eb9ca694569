package caisson.runtime;

import caisson.libc.ExitStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the host that a bundle wants to be run (config.md, "POSIX-platform Hooks"), with the
 * container's state on its standard input.
 *
 * @param seconds that it may take; 0 for any time
 */
record Hook(String path, List<String> arguments, List<String> environment, int seconds) {
  /** Their number, then each. */
  static List<Hook> parse(Fields fields) {
    int count = fields.number();
    List<Hook> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = fields.text();
      int seconds = fields.number();
      List<String> arguments = fields.texts();
      all.add(new Hook(path, arguments, fields.texts(), seconds));
    }
    return all;
  }

  /** Runs them one after the other; the first that fails does not keep the others from it. */
  static void runAll(List<Hook> hooks, String state, String network) {
    List<String> failures = new ArrayList<>();
    for (Hook hook : hooks) {
      try {
        hook.run(state, network);
      } catch (RuntimeFailure e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    if (!failures.isEmpty()) {
      throw new RuntimeFailure(String.join("; ", failures));
    }
  }

  /**
   * Runs it to its end.
   *
   * @param network the network namespace that it is to see; empty for this process's
   * @throws RuntimeFailure if it does not end well in its time, with what it printed
   */
  void run(String state, String network) {
    HookProcess process = HookProcess.fork(this, network);
    ExitStatus status = process.attend(state.getBytes(StandardCharsets.UTF_8));
    if (!status.equals(new ExitStatus.Exited(0))) {
      throw failed(words(status) + ", output: " + process.printed());
    }
  }

  RuntimeFailure failed(String why) {
    return new RuntimeFailure("error running hook " + path + ": " + why);
  }

  private static String words(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> "exit status " + exited.code();
      case ExitStatus.Signaled signaled -> "ended by signal " + signaled.signal();
    };
  }
}
