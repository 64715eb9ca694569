package caisson.registry;

import static caisson.fuzz.Refusals.demand;

import caisson.base.ErrorCode;
import caisson.fuzz.Refusals;
import caisson.oci.image.MediaType;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A registry's answer: headers in the first lines, and then a manifest. */
final class ServerFuzzTest {
  @FuzzTest
  void answer(byte[] answer) throws Exception {
    int first = end(answer, 0);
    int second = end(answer, first + 1);
    var challenge = text(answer, 0, first);
    var contentType = text(answer, first + 1, second);
    byte[] body = Arrays.copyOfRange(answer, Math.min(second + 1, answer.length), answer.length);
    for (var each : Challenge.parse(List.of(challenge, contentType))) {
      demand(!each.scheme().isEmpty(), "a challenge without a scheme");
    }
    Refusals.allow(
        Set.of(ErrorCode.CORRUPT, ErrorCode.UNSUPPORTED),
        () -> {
          var manifest = ManifestDocument.of(body, contentType, "the manifest");
          var type = manifest.mediaType();
          demand(
              MediaType.isIndex(type) || MediaType.isManifest(type), "it is taken for a " + type);
        });
  }

  private static int end(byte[] bytes, int from) {
    int at = Math.min(from, bytes.length);
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static String text(byte[] bytes, int from, int to) {
    int start = Math.min(from, to);
    return new String(bytes, start, to - start, StandardCharsets.ISO_8859_1);
  }
}
