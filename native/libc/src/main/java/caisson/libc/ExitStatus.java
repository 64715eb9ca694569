package caisson.libc;

/** How a process ended, as wait(2) encodes it. */
public sealed interface ExitStatus {
  /** It ended with an exit code, 0 to 255. */
  record Exited(int code) implements ExitStatus {}

  /** A signal ended it. */
  record Signaled(int signal) implements ExitStatus {}

  /** Reads wait(2)'s status of a process that has ended. */
  static ExitStatus of(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? new Exited(status >> 8 & 0xff) : new Signaled(signal);
  }
}
