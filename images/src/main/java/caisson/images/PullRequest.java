package caisson.images;

import caisson.base.Digest;
import caisson.oci.image.Descriptor.Platform;
import caisson.registry.Credentials;
import caisson.registry.Repository;
import java.util.Optional;

/**
 * An image to bring from a registry.
 *
 * @param name the repository, and the tag that the image gets; without a digest, the tag to ask for
 * @param digest of the manifest to ask for in place of the tag; the image gets no tag then
 * @param platform which image of several; without one, that for this machine's guests
 */
public record PullRequest(
    Reference name, Optional<Digest> digest, Optional<Platform> platform, Credentials credentials) {
  /**
   * Reads a request as clients write it.
   *
   * @param image a name that may have a tag or a digest
   * @param tag a tag or a digest, if it is not in {@code image}
   * @param platform {@code linux/amd64} or {@code linux/arm64/v8}
   * @throws CaissonException INVALID_ARGUMENT if it cannot be understood
   */
  public static PullRequest of(
      String image, Optional<String> tag, Optional<String> platform, Credentials credentials) {
    var whole = tag.map(it -> image + (it.contains(":") ? "@" : ":") + it).orElse(image);
    var wanted = PlatformChoice.parse(platform).wanted();
    if (CanonicalReference.looksLike(whole)) {
      int at = whole.indexOf('@');
      var digest = Digest.parse(whole.substring(at + 1));
      var name = Reference.parse(whole.substring(0, at));
      return new PullRequest(name, Optional.of(digest), wanted, credentials);
    }
    return new PullRequest(Reference.parse(whole), Optional.empty(), wanted, credentials);
  }

  /** What a registry is asked for. */
  String reference() {
    return digest.map(Digest::toString).orElse(name.tag());
  }

  /** As people write it. */
  public String familiar() {
    return digest.map(it -> name.familiarName() + "@" + it).orElse(name.familiar());
  }

  Repository repository() {
    return new Repository(name.domain(), name.path(), name.familiarName());
  }
}
