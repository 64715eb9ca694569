package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.sandbox.BriefRun;
import caisson.engine.sandbox.GuestProcess;
import caisson.engine.sandbox.Sandbox;
import caisson.oci.runtime.Hook;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The programs in the container that are to run before its own (config.md, "StartContainer Hooks").
 */
final class GuestHooks {
  /** Of one that names no time. */
  private static final Duration LONG = Duration.ofDays(365);

  private GuestHooks() {}

  /**
   * Runs them.
   *
   * @param state the container's, for their standard input
   * @throws CaissonException CONFLICT if one fails
   */
  static void run(Spec spec, Sandbox machine, byte[] state) {
    for (var hook : BundleSpec.hooks(spec).startContainer()) {
      run(hook, process(spec.process().orElseThrow(), hook), machine, state);
    }
  }

  private static ProcessSpec process(ProcessSpec first, Hook hook) {
    return new ProcessSpec(
        false,
        Optional.empty(),
        "/",
        hook.env(),
        command(hook),
        List.of(),
        Optional.empty(),
        first.capabilities(),
        false,
        Optional.empty(),
        Optional.empty(),
        first.user());
  }

  /** The path says which program, whatever it is to be called. */
  private static List<String> command(Hook hook) {
    var rest = hook.args().stream().skip(1);
    return Stream.concat(Stream.of(hook.path()), rest).toList();
  }

  private static void run(Hook hook, ProcessSpec process, Sandbox machine, byte[] state) {
    var run = new BriefRun();
    try {
      var started = machine.exec(process, true, run);
      give(started, state);
      int code = run.await(started, hook.timeout().map(Duration::ofSeconds).orElse(LONG));
      if (code != 0) {
        throw failed(hook, "exit status " + code + ", output: " + run.text().strip());
      }
    } catch (TimeoutException e) {
      throw failed(hook, "it has not ended in " + hook.timeout().orElseThrow() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(hook, "interrupted");
    }
  }

  private static void give(GuestProcess process, byte[] state) throws InterruptedException {
    try {
      process.write(state, 0, state.length);
      process.closeStdin();
    } catch (CaissonException e) {
      // It has ended without reading it, which is its right.
    }
  }

  private static CaissonException failed(Hook hook, String why) {
    return new CaissonException(
        ErrorCode.CONFLICT, "error running startContainer hook " + hook.path() + ": " + why);
  }
}
