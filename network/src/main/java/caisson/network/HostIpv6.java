package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** IPv6 of the daemon's network namespace. */
final class HostIpv6 {
  private static final Path INTERFACES = HostSetting.ALL.resolve("ipv6/conf");

  private HostIpv6() {}

  /** Whether the host's kernel has it. */
  static boolean isThere() {
    return Files.exists(INTERFACES);
  }

  static void switchOn(String device, boolean on) {
    HostSetting.of("ipv6/conf/" + device + "/disable_ipv6").set(on ? "0" : "1");
  }

  /**
   * Lets the host forward. Interfaces that have listened to routers go on with it, which the kernel
   * takes back from those that forward unless it is told so (ip-sysctl.rst, accept_ra).
   */
  static void forward() {
    var all = HostSetting.of("ipv6/conf/all/forwarding");
    if (all.is("1")) {
      return;
    }
    try (var interfaces = Files.newDirectoryStream(INTERFACES)) {
      for (var each : interfaces) {
        var listening = new HostSetting(each.resolve("accept_ra"));
        if (listening.is("1")) {
          listening.set("2");
        }
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot read the interfaces in " + INTERFACES + ": " + e, e);
    }
    all.set("1");
  }
}
