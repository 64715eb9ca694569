package caisson.vmm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A raw disk image on the host, as the guest gets it.
 *
 * @param serial how the guest finds it: at most 20 letters, digits and hyphens
 */
public record VmDisk(String serial, Path image, boolean readOnly) {
  private static final Pattern SERIAL = Pattern.compile("[0-9A-Za-z-]{1,20}");

  public VmDisk {
    if (!SERIAL.matcher(serial).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a disk's serial has 1 to 20 letters, digits and hyphens, not \"" + serial + "\"");
    }
  }
}
