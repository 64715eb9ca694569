package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.oci.Json;
import caisson.oci.image.MediaType;
import java.util.Optional;

/**
 * A document about an image or about several, to the byte.
 *
 * @param mediaType one that {@link MediaType} knows
 */
@SuppressWarnings("ArrayRecordComponent") // never changed and never compared
public record ManifestDocument(String mediaType, Digest digest, byte[] bytes) {
  private static final int OLD_SCHEMA = 1;

  /** What a document says of its own kind; old ones have other fields only. */
  private record Kind(Optional<String> mediaType, int schemaVersion) {}

  /**
   * Recognizes a document by what the server calls it, or by what it says itself.
   *
   * @param contentType the server's word, perhaps with parameters
   * @throws CaissonException UNSUPPORTED, by its name, for every other kind
   */
  static ManifestDocument of(byte[] bytes, String contentType, String what) {
    var kind = Json.read(bytes, Kind.class, what);
    var served = contentType.replaceFirst(";.*", "").strip();
    var own = kind.mediaType().orElse("");
    var mediaType = isKnown(own) ? own : served;
    if (!isKnown(mediaType) || (isKnown(own) && isKnown(served) && !own.equals(served))) {
      throw unsupported(kind, own.isEmpty() ? served : own, what);
    }
    return new ManifestDocument(mediaType, Digest.of(bytes), bytes);
  }

  private static boolean isKnown(String mediaType) {
    return MediaType.isIndex(mediaType) || MediaType.isManifest(mediaType);
  }

  private static CaissonException unsupported(Kind kind, String mediaType, String what) {
    var reason =
        kind.schemaVersion() == OLD_SCHEMA
            ? " is in Docker's image manifest format of schema version 1 (%s), which is no longer read: push the image again with a newer program"
            : " has the media type \"%s\", which is not that of an image";
    return new CaissonException(
        ErrorCode.UNSUPPORTED, what + reason.formatted(printable(mediaType)));
  }

  /** What a stranger wrote, in short and in one line. */
  private static String printable(String text) {
    var line = text.replaceAll("[^ -~]", "?");
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }
}
