package caisson.images;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;

/**
 * A name for exactly one content: a repository and the digest of a manifest in it (distribution's
 * reference grammar, "canonical reference").
 *
 * @param repository written as {@code domain/path}
 */
record CanonicalReference(String repository, Digest digest) {
  private static final char SEPARATOR = '@';

  static boolean looksLike(String text) {
    return text.indexOf(SEPARATOR) >= 0;
  }

  /**
   * Reads {@code name@sha256:…} or {@code name:tag@sha256:…}; the tag means nothing beside a
   * digest.
   *
   * @throws CaissonException INVALID_ARGUMENT for anything else
   */
  static CanonicalReference parse(String text) {
    int at = text.indexOf(SEPARATOR);
    if (at < 0) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "invalid reference format: \"" + text + "\" has no digest");
    }
    var digest = Digest.parse(text.substring(at + 1));
    return new CanonicalReference(Reference.parse(text.substring(0, at)).repository(), digest);
  }

  /** As people write it: without what is filled in by default. */
  String familiar() {
    return Reference.parse(repository).familiarName() + SEPARATOR + digest;
  }

  @Override
  public String toString() {
    return repository + SEPARATOR + digest;
  }
}
