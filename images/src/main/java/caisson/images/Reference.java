package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An image's name, with Docker's defaults filled in (distribution's reference grammar).
 *
 * @param domain a host, with a port where it has one; Docker Hub is {@value #HUB}
 * @param path the repository in it; official images are under {@code library/}
 */
public record Reference(String domain, String path, String tag) {
  static final String HUB = "docker.io";

  private static final String OFFICIAL = "library/";
  private static final int MAX_NAME = 255;
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern PART = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[a-fA-F0-9:]+])(?::[0-9]+)?");

  public Reference {
    boolean valid = DOMAIN.matcher(domain).matches() && TAG.matcher(tag).matches();
    for (String part : path.split("/", -1)) {
      valid &= PART.matcher(part).matches();
    }
    if (!valid || domain.length() + 1 + path.length() > MAX_NAME) {
      throw invalid(domain + "/" + path + ":" + tag);
    }
  }

  /**
   * Reads {@code busybox}, {@code user/app:1.0} or {@code host:5000/app}. What could be an image's
   * id is no name. As Docker sees it, a first part with capitals must be a host.
   *
   * @throws CaissonException INVALID_ARGUMENT for anything else
   */
  public static Reference parse(String text) {
    int slash = text.lastIndexOf('/');
    int colon = text.indexOf(':', slash + 1);
    String name = colon < 0 ? text : text.substring(0, colon);
    String tag = colon < 0 ? "latest" : text.substring(colon + 1);
    int first = name.indexOf('/');
    String host = first < 0 ? "" : name.substring(0, first);
    if (ID.matcher(name).matches()) {
      throw invalid(text);
    }
    boolean hasHost = isHost(host);
    try {
      if (hasHost && !host.equals("index." + HUB) && !host.equals(HUB)) {
        return new Reference(host, name.substring(first + 1), tag);
      }
      String path = hasHost ? name.substring(first + 1) : name;
      return new Reference(HUB, path.indexOf('/') < 0 ? OFFICIAL + path : path, tag);
    } catch (CaissonException e) {
      throw invalid(text);
    }
  }

  private static boolean isHost(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static CaissonException invalid(String text) {
    return new CaissonException(
        ErrorCode.INVALID_ARGUMENT,
        "invalid reference format: \"" + text + "\" is not a name like busybox or host/app:tag");
  }

  /** The repository in full: {@code domain/path}. */
  String repository() {
    return domain + "/" + path;
  }

  /** The repository as people write it: without what is filled in by default. */
  public String familiarName() {
    if (!domain.equals(HUB)) {
      return domain + "/" + path;
    }
    return path.startsWith(OFFICIAL) ? path.substring(OFFICIAL.length()) : path;
  }

  /** As people write it, with the tag. */
  public String familiar() {
    return familiarName() + ":" + tag;
  }

  @Override
  public String toString() {
    return repository() + ":" + tag;
  }
}
