package caisson.libc;

/** Linux's error numbers (x86-64, asm-generic/errno.h) and their names. */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int E2BIG = 7;
  public static final int ENOEXEC = 8;
  public static final int EBADF = 9;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int ENOTTY = 25;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int EMLINK = 31;
  public static final int EPIPE = 32;
  public static final int ERANGE = 34;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int ENOTEMPTY = 39;
  public static final int ELOOP = 40;
  public static final int EOVERFLOW = 75;
  public static final int EOPNOTSUPP = 95;
  public static final int EADDRINUSE = 98;
  public static final int ENOBUFS = 105;
  public static final int ENOTCONN = 107;
  public static final int ETIMEDOUT = 110;
  public static final int ECONNREFUSED = 111;

  // One string, because TeaVM builds an array of strings at every start. The number is the index.
  private static final String NAMES =
      "? EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM "
          + "EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE "
          + "EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK "
          + "ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP ? ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT "
          + "EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT ? "
          + "EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT "
          + "ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC "
          + "ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK "
          + "EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT "
          + "EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN "
          + "ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN "
          + "ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS "
          + "ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE "
          + "ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE "
          + "ERFKILL EHWPOISON";

  private Errno() {}

  /** The name and number of {@code errno}, as in {@code EPERM (1)}. */
  public static String name(int errno) {
    int start = 0;
    for (int skipped = 0; skipped < errno && start > -1; skipped++) {
      start = NAMES.indexOf(' ', start + 1);
    }
    if (errno <= 0 || start < 0) {
      return "error " + errno;
    }
    int end = NAMES.indexOf(' ', start + 1);
    return NAMES.substring(start + 1, end < 0 ? NAMES.length() : end) + " (" + errno + ")";
  }

  /** The calling process's last error number. */
  static int last() {
    return Libc.errnoLocation().getInt();
  }

  /** {@code result}, or the exception when it is negative. */
  static int check(int result, String call, String operand) {
    if (result < 0) {
      throw new ErrnoException(call, operand, last());
    }
    return result;
  }

  /** {@code result}, or the exception when it is negative. */
  static long check(long result, String call, String operand) {
    if (result < 0) {
      throw new ErrnoException(call, operand, last());
    }
    return result;
  }

  /** {@code result}, or the exception, which names a descriptor. */
  static int check(int result, String call, int fd) {
    return result < 0 ? check(result, call, "fd " + fd) : result;
  }

  /** {@code result}, or the exception, which names a descriptor. */
  static long check(long result, String call, int fd) {
    return result < 0 ? check(result, call, "fd " + fd) : result;
  }
}
