package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A setting of the kernel's for the network, below /proc/sys/net (proc_sys_net(5)). */
record HostSetting(Path file) {
  static final Path ALL = Path.of("/proc/sys/net");

  static HostSetting of(String name) {
    return new HostSetting(ALL.resolve(name));
  }

  /** Whether it is there and has this value. */
  boolean is(String value) {
    try {
      return Files.exists(file) && Files.readString(file).strip().equals(value);
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** Sets it, if it is there. */
  void set(String value) {
    if (Files.exists(file) && !is(value)) {
      try {
        Files.writeString(file, value);
      } catch (IOException e) {
        throw failed("set", e);
      }
    }
  }

  private CaissonException failed(String what, IOException e) {
    return new CaissonException(
        ErrorCode.UNSUPPORTED,
        "cannot " + what + " " + file + " for the bridge network: " + e.getMessage(),
        e);
  }
}
