package caisson.libc;

/** syscall(2) for what no other class has a method for. */
public final class Syscalls {
  private Syscalls() {}

  /** Calls {@code number}; up to six arguments, addresses as {@link Block#address}. */
  public static long call(String name, long number, long... arguments) {
    long[] all = new long[6];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    long result = Libc.syscall(number, all[0], all[1], all[2], all[3], all[4], all[5]);
    return Errno.check(result, name, "");
  }
}
