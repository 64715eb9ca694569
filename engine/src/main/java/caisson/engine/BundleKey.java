package caisson.engine;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.regex.Pattern;

/**
 * What an OCI engine calls a container.
 *
 * @param root the directory that stands for all containers of that engine, as runc's {@code --root}
 * @param id unique below it
 */
public record BundleKey(String root, String id) {
  private static final Pattern ID = Pattern.compile("[\\w+.-]{1,1024}");

  public BundleKey {
    if (!ID.matcher(id).matches() || id.equals(".") || id.equals("..")) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "invalid container ID format: \"%s\" (letters, digits and _ + - . are possible)"
              .formatted(id));
    }
  }
}
