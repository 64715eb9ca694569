package caisson.api.http;

import java.util.regex.Pattern;

/** A version of Docker's Engine API, as {@code /v1.44/} names it in a path. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** The newest version spoken; 1.52 drops fields that older clients still read. */
  public static final ApiVersion CURRENT = new ApiVersion(1, 50);

  /** The oldest version spoken: what clients assume where a server names none. */
  public static final ApiVersion MINIMUM = new ApiVersion(1, 24);

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /** Reads {@code 1.44}; anything else is a client's error. */
  public static ApiVersion parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw BadRequest.of("invalid API version \"" + text + "\"");
    }
    return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Refuses, in Docker's words, what lies outside the range spoken. */
  ApiVersion required() {
    if (compareTo(MINIMUM) < 0) {
      throw BadRequest.of(
          "client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version"
              .formatted(this, MINIMUM));
    }
    if (compareTo(CURRENT) > 0) {
      throw BadRequest.of(
          "client version %s is too new. Maximum supported API version is %s"
              .formatted(this, CURRENT));
    }
    return this;
  }

  /** Whether this is {@code major.minor} or newer. */
  public boolean atLeast(int otherMajor, int otherMinor) {
    return compareTo(new ApiVersion(otherMajor, otherMinor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
