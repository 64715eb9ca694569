package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import caisson.oci.image.Descriptor;
import caisson.oci.image.Descriptor.Platform;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageIndex;
import caisson.registry.ManifestDocument;
import java.util.Optional;

/**
 * Which image of several is meant.
 *
 * @param wanted what somebody asked for; otherwise it is what guests are
 */
record PlatformChoice(Optional<Platform> wanted) {
  private Platform platform() {
    return wanted.orElse(GuestPlatform.current());
  }

  /**
   * The first of an index that fits.
   *
   * @throws CaissonException NOT_FOUND if none does
   */
  Descriptor of(ManifestDocument document) {
    var index = Json.read(document.bytes(), ImageIndex.class, "the index " + document.digest());
    return index.manifests().stream()
        .filter(each -> each.platform().map(this::fits).orElse(true))
        .findFirst()
        .orElseThrow(() -> missing(index));
  }

  private CaissonException missing(ImageIndex index) {
    var present =
        index.manifests().stream()
            .flatMap(each -> each.platform().stream())
            .map(PlatformChoice::text)
            .filter(text -> !text.equals("unknown/unknown"))
            .distinct()
            .limit(20)
            .toList();
    return new CaissonException(
        ErrorCode.NOT_FOUND,
        "no matching manifest for %s in the manifest list entries, only %s"
            .formatted(text(platform()), present));
  }

  private boolean fits(Platform offered) {
    var mine = platform();
    return offered.os().equals(mine.os())
        && offered.architecture().equals(mine.architecture())
        && mine.variant().map(it -> offered.variant().equals(Optional.of(it))).orElse(true);
  }

  /** Refuses an image for something else than Linux, or than what was asked for by name. */
  void require(ImageConfig config, PullRequest request) {
    var actual = new Platform(config.architecture(), config.os(), config.variant());
    boolean right = config.os().isEmpty() || config.os().equals("linux");
    boolean asked = wanted.isEmpty() || config.os().isEmpty() || fits(actual);
    if (!right || !asked) {
      throw new CaissonException(
          right ? ErrorCode.NOT_FOUND : ErrorCode.UNSUPPORTED,
          "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
              .formatted(request.familiar(), text(actual), text(platform())));
    }
  }

  private static String text(Platform platform) {
    return platform.os()
        + "/"
        + platform.architecture()
        + platform.variant().map(it -> "/" + it).orElse("");
  }
}
