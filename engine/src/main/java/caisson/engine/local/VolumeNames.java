package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.DurableFiles;
import java.util.regex.Pattern;

/** Which names volumes may have: Docker's rule, and what fits a file's name. */
final class VolumeNames {
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final int LONGEST = 200;

  private VolumeNames() {}

  static String checked(String name) {
    if (!VALID.matcher(name).matches()) {
      throw invalid(
          name,
          "includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\""
              + " are allowed. If you intended to pass a host directory, use absolute path");
    }
    if (name.length() > LONGEST || name.endsWith(DurableFiles.UNFINISHED)) {
      throw invalid(
          name,
          "is no possible volume name: at most %d characters that do not end with %s"
              .formatted(LONGEST, DurableFiles.UNFINISHED));
    }
    return name;
  }

  private static CaissonException invalid(String name, String why) {
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT, "create " + name + ": \"" + name + "\" " + why);
  }
}
