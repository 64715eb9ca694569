package caisson.vmm;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file or directory of the host that the guest finds in its export of shares (9p2000.L, tag
 * {@code shares}), with what is mounted below it.
 *
 * @param name what the guest finds it as: at most 20 letters and digits
 * @param owners whom the files belong to that the guest makes
 */
public record VmShare(String name, Path source, boolean readOnly, Owners owners) {
  /** Whom the files of a share belong to. A VMM that root starts keeps owners as they are. */
  public enum Owners {
    /**
     * On the host to whom they belong in the guest; if the VMM runs as an ordinary user, all to
     * that user.
     */
    HOST,
    /**
     * In the guest to whom they belong there; if the VMM runs as an ordinary user, that is kept in
     * extended attributes, and only guests can make sense of it.
     */
    GUEST
  }

  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z]{1,20}");

  public VmShare {
    source = source.toAbsolutePath().normalize();
    if (!NAME.matcher(name).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a share's name has 1 to 20 letters and digits, not \"" + name + "\"");
    }
  }
}
