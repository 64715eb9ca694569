package caisson.vmm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A virtual machine's identity: 16 hexadecimal digits, never used twice. */
public record VmId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");
  private static final SecureRandom RANDOM = new SecureRandom();

  public VmId {
    if (!FORM.matcher(value).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a virtual machine's id has 16 hexadecimal digits, not \"" + value + "\"");
    }
  }

  public static VmId random() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return new VmId(HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
