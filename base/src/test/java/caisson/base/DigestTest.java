package caisson.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DigestTest {
  private static final String EMPTY =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void ofNothingIsTheWellKnownValue() {
    assertThat(Digest.of("".getBytes(StandardCharsets.UTF_8))).hasToString(EMPTY);
  }

  @Test
  void readsWhatItWrites() {
    assertThat(Digest.parse(EMPTY)).hasToString(EMPTY);
  }

  @Test
  void refusesOtherAlgorithmsUpperCaseAndTraversal() {
    for (var text : new String[] {"sha512:00", "sha256:ABCD", "sha256:../../etc/passwd", ""}) {
      assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(CaissonException.class);
    }
  }
}
