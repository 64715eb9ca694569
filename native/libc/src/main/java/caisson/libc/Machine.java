package caisson.libc;

import java.nio.charset.StandardCharsets;

/** The machine as a whole: names, randomness, power. */
public final class Machine {
  public static final int RB_AUTOBOOT = 0x1234567;
  public static final int RB_HALT_SYSTEM = 0xcdef0123;
  public static final int RB_POWER_OFF = 0x4321fedc;
  public static final int RB_DISABLE_CAD = 0;

  private static final int SYS_GETRANDOM = 318;
  private static final long RNDADDENTROPY = 0x40085203L;
  private static final long RNDRESEEDCRNG = 0x5207L;

  private Machine() {}

  public static void setHostName(String name) {
    try (Scratch scratch = new Scratch()) {
      Block text = scratch.string(name);
      Errno.check(Libc.sethostname(text.pointer(), text.size() - 1), "sethostname", name);
    }
  }

  public static void setDomainName(String name) {
    try (Scratch scratch = new Scratch()) {
      Block text = scratch.string(name);
      Errno.check(Libc.setdomainname(text.pointer(), text.size() - 1), "setdomainname", name);
    }
  }

  /** Writes {@code value} to a sysctl, named as in {@code net.ipv4.ip_forward}. */
  public static void setSysctl(String name, String value) {
    Files.write("/proc/sys/" + name.replace('.', '/'), value);
  }

  /** Bytes from the kernel's generator; at most 256, which it never cuts short. */
  public static byte[] random(int length) {
    if (length > 256) {
      throw new IllegalArgumentException("at most 256 random bytes at a time, not " + length);
    }
    try (Block bytes = Block.allocate(length)) {
      long got = Libc.syscall(SYS_GETRANDOM, bytes.address(), length, 0, 0, 0, 0);
      Errno.check(got, "getrandom", String.valueOf(length));
      return bytes.bytes(0, length);
    }
  }

  /** Credits {@code seed} as fresh entropy and has the generator take it up at once. */
  public static void addEntropy(byte[] seed) {
    int fd = Files.open("/dev/urandom", Files.O_RDWR);
    try (Block info = Block.allocate(8 + seed.length)) {
      info.putInt(0, 8 * seed.length).putInt(4, seed.length).put(8, seed, 0, seed.length);
      Descriptors.ioctl(fd, "RNDADDENTROPY", RNDADDENTROPY, info);
      Descriptors.ioctl(fd, "RNDRESEEDCRNG", RNDRESEEDCRNG, 0);
    } finally {
      Descriptors.close(fd);
    }
  }

  /** reboot(2) with one of the RB_ commands; does not sync. */
  public static void reboot(int command) {
    Errno.check(Libc.reboot(command), "reboot", "0x" + Integer.toHexString(command));
  }

  /** The C library's text for a byte string, up to its first zero. */
  static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
