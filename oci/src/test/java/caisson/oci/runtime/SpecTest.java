package caisson.oci.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.oci.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SpecTest {
  /** What {@code runc spec} writes (runc 1.1). */
  private static byte[] runcSpec() throws IOException {
    try (var in = SpecTest.class.getResourceAsStream("runc-spec.json")) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void readsWhatRuncWritesAndLosesNothing() throws IOException {
    var spec = Json.read(runcSpec(), Spec.class, "config.json");
    assertThat(spec.hasTerminal()).isTrue();
    assertThat(spec.process().orElseThrow().args()).containsExactly("sh");
    assertThat(spec.mounts()).hasSize(7);
    assertThat(spec.linux().orElseThrow().maskedPaths()).contains("/proc/kcore");
    var original = Json.MAPPER.readTree(runcSpec());
    var rewritten = Json.MAPPER.readTree(Json.write(spec));
    assertThat(rewritten.path("mounts")).isEqualTo(original.path("mounts"));
    assertThat(rewritten.path("process").path("rlimits"))
        .isEqualTo(original.path("process").path("rlimits"));
    assertThat(Json.read(Json.write(spec), Spec.class, "again")).isEqualTo(spec);
  }

  @Test
  void ignoresUnknownFieldsAndRefusesWrongTypesByName() {
    var unknown = "{\"ociVersion\":\"1.0.2\",\"future\":{\"x\":1}}";
    assertThat(Json.read(bytes(unknown), Spec.class, "config.json").process()).isEmpty();
    assertThatThrownBy(() -> Json.read(bytes("{\"mounts\":3}"), Spec.class, "config.json"))
        .isInstanceOf(CaissonException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining("mounts")
        .hasMessageContaining("(line 1, column ")
        .hasMessageNotContaining("REDACTED");
  }

  @Test
  void refusesDeepNesting() {
    var deep = "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
    assertThatThrownBy(() -> Json.read(bytes(deep), Spec.class, "config.json"))
        .isInstanceOf(CaissonException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
