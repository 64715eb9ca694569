package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An IPv6 address.
 *
 * @param network the first 64 bits
 * @param host the others
 */
public record Ipv6(long network, long host) {
  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;
  private static final int GROUP = 0xffff;

  static Ipv6 of(Inet6Address address) {
    var bytes = ByteBuffer.wrap(address.getAddress());
    return new Ipv6(bytes.getLong(), bytes.getLong());
  }

  /** Reads any of the forms of RFC 4291. */
  public static Ipv6 parse(String text) {
    if (text.indexOf('%') < 0 && HostAddress.parse(text) instanceof Inet6Address address) {
      return of(address);
    }
    throw new CaissonException(ErrorCode.INVALID_ARGUMENT, "\"" + text + "\" is no IPv6 address");
  }

  /** As one number of 128 bits. */
  String hex() {
    return "0x%016x%016x".formatted(network, host);
  }

  /** The shortest form (RFC 5952): the longest run of zeros is two colons. */
  @Override
  public String toString() {
    var groups = groups();
    int start = GROUPS;
    int end = GROUPS;
    for (int i = 0; i < GROUPS; i++) {
      int after = i;
      while (after < GROUPS && groups.get(after).equals("0")) {
        after++;
      }
      if (after - i > Math.max(1, end - start)) {
        start = i;
        end = after;
      }
    }
    var front = String.join(":", groups.subList(0, start));
    return start == GROUPS ? front : front + "::" + String.join(":", groups.subList(end, GROUPS));
  }

  private List<String> groups() {
    var groups = new ArrayList<String>();
    for (long half : new long[] {network, host}) {
      for (int shift = Long.SIZE - GROUP_BITS; shift >= 0; shift -= GROUP_BITS) {
        groups.add(Long.toHexString(half >>> shift & GROUP));
      }
    }
    return groups;
  }
}
