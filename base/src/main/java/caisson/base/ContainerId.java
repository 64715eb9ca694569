package caisson.base;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A container's identity: 64 lower-case hexadecimal digits, 256 random bits. */
public record ContainerId(String value) implements Comparable<ContainerId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
  private static final SecureRandom RANDOM = new SecureRandom();

  public ContainerId {
    if (!FORM.matcher(value).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a container id is 64 lower-case hexadecimal digits, not \"" + value + "\"");
    }
  }

  public static ContainerId random() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return new ContainerId(HexFormat.of().formatHex(bits));
  }

  /** The first twelve digits, as tables and host names show them. */
  public String abbreviated() {
    return value.substring(0, 12);
  }

  @Override
  public int compareTo(ContainerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
