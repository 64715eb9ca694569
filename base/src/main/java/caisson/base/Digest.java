package caisson.base;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 content digest, written {@code sha256:} and 64 lower-case hexadecimal digits (OCI image
 * spec, descriptor.md, "Digests"). Other algorithms are refused: nothing in the field uses them.
 */
public record Digest(String hex) implements Comparable<Digest> {
  private static final String PREFIX = "sha256:";
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public Digest {
    if (!FORM.matcher(hex).matches()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "a digest is \"sha256:\" and 64 lower-case hexadecimal digits, not \"" + hex + "\"");
    }
  }

  /** Reads the form {@code sha256:…}. */
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "the digest \"" + text + "\" does not start with \"sha256:\", the only algorithm known");
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** The digest of {@code content}. */
  public static Digest of(byte[] content) {
    return of(sha256().digest(content), 0);
  }

  /** The digest that {@code state} has computed; resets {@code state}. */
  public static Digest finish(MessageDigest state) {
    return of(state.digest(), 0);
  }

  /** A fresh SHA-256 computation. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static Digest of(byte[] hash, int from) {
    return new Digest(HexFormat.of().formatHex(hash, from, from + 32));
  }

  /** The first twelve digits, as tables show them. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
