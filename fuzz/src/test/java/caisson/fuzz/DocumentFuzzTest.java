package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.base.ErrorCode;
import caisson.cli.json.JsonText;
import caisson.images.PlatformChoice;
import caisson.oci.Json;
import caisson.oci.image.DockerArchiveImage;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageIndex;
import caisson.oci.image.ImageManifest;
import caisson.oci.runtime.Spec;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** JSON: what registries and archives say of images, bundles of containers, daemons of anything. */
final class DocumentFuzzTest {
  private static final Set<ErrorCode> CORRUPT = Set.of(ErrorCode.CORRUPT);
  private static final List<Class<? extends Record>> TYPES =
      List.of(
          ImageManifest.class,
          ImageIndex.class,
          ImageConfig.class,
          DockerArchiveImage.class,
          Spec.class);

  @FuzzTest
  void document(byte[] json) throws Exception {
    for (var type : TYPES) {
      Refusals.allow(CORRUPT, () -> roundTrip(json, type));
    }
    Refusals.allow(CORRUPT, () -> PlatformChoice.runs(Json.read(json, ImageConfig.class, "it")));
    Refusals.allow(
        CORRUPT,
        () -> {
          // Text that is no UTF-8 is read as something else, but the second time as the first.
          var text = rewritten(JsonText.write(JsonText.read(json)));
          demand(rewritten(text).equals(text), "it is not read as it was written: " + text);
        });
  }

  private static String rewritten(String text) {
    return JsonText.write(JsonText.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What is kept of a document is read again in the same way. */
  private static void roundTrip(byte[] json, Class<? extends Record> type) {
    byte[] kept = Json.write(Json.read(json, type, "it"));
    byte[] again = Json.write(Json.read(kept, type, "what was written"));
    demand(
        Arrays.equals(kept, again),
        "it is not read as it was written: " + new String(kept, StandardCharsets.UTF_8));
  }
}
