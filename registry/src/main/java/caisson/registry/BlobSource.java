package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A blob of a registry, from any of its bytes on (distribution-spec, "Pulling blobs"; RFC 9110,
 * section 14).
 *
 * @param size in bytes, as the manifest says it
 */
record BlobSource(URI uri, Authorization authorization, long size) {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-.*");

  /** What is done with an answer whose body begins where it should. */
  @FunctionalInterface
  interface Sink {
    void accept(InputStream body) throws IOException;
  }

  /**
   * Reads everything behind the first {@code offset} bytes.
   *
   * @throws IOException if the connection fails, or ends too early
   * @throws CaissonException if the registry says no, or sends something else than it announced
   */
  void read(long offset, Sink sink) throws IOException {
    var request = Request.get(uri).withHeader("Accept-Encoding", "identity").asBlob();
    if (offset > 0) {
      request = request.withHeader("Range", "bytes=" + offset + "-");
    }
    try (var answer = authorization.send(request)) {
      if (answer.busy()) {
        throw BusyException.of(answer);
      }
      if (!answer.ok()) {
        throw RegistryRefusal.of(answer);
      }
      boolean partial = answer.status() == HttpURLConnection.HTTP_PARTIAL;
      check(answer, partial ? offset : 0);
      if (!partial) {
        answer.body().skipNBytes(offset);
      }
      sink.accept(answer.body());
    }
  }

  private void check(Answer answer, long start) {
    var range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse("bytes 0-"));
    if (start > 0 && !(range.matches() && Long.parseLong(range.group(1)) == start)) {
      throw corrupt("sends another part than bytes " + start + " and following");
    }
    var length = answer.header("Content-Length").orElse("");
    if (!length.isEmpty() && !length.equals(Long.toString(size - start))) {
      throw corrupt("announces " + length + " bytes instead of " + (size - start));
    }
  }

  CaissonException corrupt(String why) {
    return new CaissonException(ErrorCode.CORRUPT, "Get \"" + uri + "\": the registry " + why);
  }
}
