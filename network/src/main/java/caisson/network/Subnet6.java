package caisson.network;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import java.nio.charset.StandardCharsets;

/**
 * A network of IPv6 addresses beside one of IPv4: whoever has an address there has the one here
 * that ends with the same bits.
 *
 * @param network the 64 bits that all addresses have in common
 */
public record Subnet6(long network) {
  /** The only length of a prefix. */
  public static final int PREFIX = 64;

  private static final String SUFFIX = "/" + PREFIX;
  private static final int HEX = 16;

  /** What the unique local addresses that anybody may assign begin with (RFC 4193). */
  private static final String LOCAL = "fd";

  private static final long LOW = 0xffff_ffffL;

  /** {@code fd12:3456:789a:1::/64}; the bits after the prefix are zeros. */
  public static Subnet6 parse(String text) {
    if (text.endsWith(SUFFIX)) {
      var base = Ipv6.parse(text.substring(0, text.length() - SUFFIX.length()));
      if (base.host() == 0) {
        return new Subnet6(base.network());
      }
    }
    throw new CaissonException(
        ErrorCode.INVALID_ARGUMENT,
        "\""
            + text
            + "\" is no network of IPv6 addresses: write a prefix of 64 bits, like fd12:3456:789a:1::/64");
  }

  /**
   * Unique local addresses of {@code owner}'s own: 56 bits that nobody else has by chance, and the
   * same again whenever they are asked for.
   */
  static Subnet6 of(String owner) {
    var drawn = Digest.of(owner.getBytes(StandardCharsets.UTF_8)).hex();
    var digits = LOCAL + drawn.substring(0, HEX - LOCAL.length());
    return new Subnet6(Long.parseUnsignedLong(digits, HEX));
  }

  /** The address of the bridge, by which the others reach the world. */
  public Ipv6 gateway() {
    return new Ipv6(network, 1);
  }

  /** The address of who has {@code address} too. */
  public Ipv6 beside(Ipv4 address) {
    return new Ipv6(network, address.bits() & LOW);
  }

  /** {@code address} with the prefix's length. */
  public String with(Ipv6 address) {
    return address + SUFFIX;
  }

  @Override
  public String toString() {
    return with(new Ipv6(network, 0));
  }
}
