package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import caisson.oci.image.Descriptor;
import caisson.oci.image.Descriptor.Platform;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageIndex;
import caisson.registry.ManifestDocument;
import java.util.Map;
import java.util.Optional;

/**
 * Which image of several is meant.
 *
 * @param wanted what somebody asked for; otherwise it is what guests are
 */
public record PlatformChoice(Optional<Platform> wanted) {
  private static final int MOST_PARTS = 3;

  /** Names of architectures that are not Go's. */
  private static final Map<String, String> ALIASES =
      Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64");

  /** What an architecture means that names no variant. */
  private static final Map<String, String> USUAL_VARIANT = Map.of("amd64", "v1", "arm64", "v8");

  /**
   * Reads a choice as clients write it.
   *
   * @param text {@code linux/amd64} or {@code linux/arm64/v8}
   * @throws CaissonException INVALID_ARGUMENT if it cannot be understood
   */
  public static PlatformChoice parse(Optional<String> text) {
    return new PlatformChoice(text.map(PlatformChoice::platform));
  }

  private static Platform platform(String text) {
    var parts = text.split("/", -1);
    boolean valid =
        parts.length <= MOST_PARTS && text.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+");
    if (!valid) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "\"" + text + "\" is not a platform like linux/amd64 or linux/arm64/v8");
    }
    var variant = parts.length == MOST_PARTS ? Optional.of(parts[2]) : Optional.<String>empty();
    return new Platform(ALIASES.getOrDefault(parts[1], parts[1]), parts[0], variant);
  }

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
        && mine.variant().map(it -> it.equals(variant(offered))).orElse(true);
  }

  private static String variant(Platform platform) {
    var usual = USUAL_VARIANT.getOrDefault(platform.architecture(), "");
    return platform.variant().filter(it -> !it.isEmpty()).orElse(usual);
  }

  /** Whether guests can run an image. */
  public static boolean runs(ImageConfig config) {
    return new PlatformChoice(Optional.empty()).fits(platform(config));
  }

  private static Platform platform(ImageConfig config) {
    return new Platform(config.architecture(), config.os(), config.variant());
  }

  /**
   * Refuses an image for something else than Linux, or than what was asked for by name.
   *
   * @param name the image's, as people write it
   * @throws CaissonException NOT_FOUND, or UNSUPPORTED for something else than Linux
   */
  public void require(ImageConfig config, String name) {
    var actual = platform(config);
    boolean right = config.os().isEmpty() || config.os().equals("linux");
    boolean asked = wanted.isEmpty() || config.os().isEmpty() || fits(actual);
    if (!right || !asked) {
      throw new CaissonException(
          right ? ErrorCode.NOT_FOUND : ErrorCode.UNSUPPORTED,
          "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
              .formatted(name, text(actual), text(platform())));
    }
  }

  private static String text(Platform platform) {
    return platform.os()
        + "/"
        + platform.architecture()
        + platform.variant().map(it -> "/" + it).orElse("");
  }
}
