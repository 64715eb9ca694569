package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bridge network as the configuration has it.
 *
 * @param name of the bridge, and of the tables with its rules
 * @param subnet empty for the first of some that nothing on the host leads to
 * @param subnet6 of IPv6 beside it
 */
public record BridgeConfig(String name, Optional<Subnet> subnet, Choice6 subnet6) {
  /** What is used where nothing is configured. */
  public static final String DEFAULT_NAME = "caisson0";

  /** Which addresses of IPv6 there are. */
  public sealed interface Choice6 {
    /** Unique local addresses of the daemon's own. */
    record Own() implements Choice6 {}

    /** Those that are configured. */
    record Given(Subnet6 subnet) implements Choice6 {}

    /** None. */
    record Off() implements Choice6 {}

    /** {@code off}, or a network; nothing for the daemon's own. */
    static Choice6 parse(Optional<String> text) {
      return text.<Choice6>map(it -> it.equals("off") ? new Off() : new Given(Subnet6.parse(it)))
          .orElseGet(Own::new);
    }
  }

  /** What fits into an interface's name, and is a plain word to nft(8). */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,14}");

  private static final int SMALLEST = 29;

  public BridgeConfig {
    if (!NAME.matcher(name).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a bridge's name has 1 to 15 lower-case letters, digits and hyphens, not \""
              + name
              + "\"");
    }
    subnet.ifPresent(BridgeConfig::requireSize);
  }

  private static void requireSize(Subnet subnet) {
    if (subnet.prefix() > SMALLEST) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "the subnet " + subnet + " is too small for machines: its prefix is at most " + SMALLEST);
    }
  }
}
