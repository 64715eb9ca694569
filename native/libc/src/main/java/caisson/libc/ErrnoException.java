package caisson.libc;

/**
 * A system call that the kernel refused. The message names the call, what it was asked to work on
 * and the error, for example {@code mount /proc: EPERM (1)}.
 */
public final class ErrnoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final int errno;

  /** {@code call} and its {@code operand} (may be empty) failed with {@code errno}. */
  public ErrnoException(String call, String operand, int errno) {
    this.message = call + (operand.isEmpty() ? "" : " " + operand) + ": " + Errno.name(errno);
    this.errno = errno;
  }

  /** The error number, one of the constants of {@link Errno}. */
  public int errno() {
    return errno;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** A refused call is an answer, not a fault: nothing pays for a stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
