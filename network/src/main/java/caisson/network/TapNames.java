package caisson.network;

import caisson.base.Digest;
import java.nio.charset.StandardCharsets;

/**
 * The names of the taps on one bridge: {@code cs}, four digits that stand for the bridge, and nine
 * of the machine's id, which is as much as an interface's name can hold. Rules tell by them which
 * taps are the bridge's.
 */
record TapNames(String prefix) {
  private static final int BRIDGE_DIGITS = 4;
  private static final int MACHINE_DIGITS = 9;

  static TapNames on(String bridge) {
    var digits = Digest.of(bridge.getBytes(StandardCharsets.UTF_8)).hex();
    return new TapNames("cs" + digits.substring(0, BRIDGE_DIGITS));
  }

  /** That of the machine with this id, of at least nine digits. */
  String of(String machine) {
    return prefix + machine.substring(0, MACHINE_DIGITS);
  }

  boolean isOne(String name) {
    return name.startsWith(prefix) && name.length() == prefix.length() + MACHINE_DIGITS;
  }
}
