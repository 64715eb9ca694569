package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.registry.Credentials;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PullRequestTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"linux", "/", "linux/", "a/b/c/d", "linux/amd64 ", "linux/amd64/v8/x", ""})
  void aPlatformHasTwoOrThreeParts(String platform) {
    assertThatThrownBy(
            () -> PullRequest.of("bb", Optional.empty(), Optional.of(platform), Credentials.NONE))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void readsATagOrADigestFromEitherPlace() {
    var digest = "sha256:" + "a".repeat(64);
    assertThat(familiar("bb", "1")).isEqualTo("bb:1");
    assertThat(familiar("bb:2", "")).isEqualTo("bb:2");
    assertThat(familiar("bb", digest)).isEqualTo("bb@" + digest);
    assertThat(familiar("r:5/bb:1@" + digest, "")).isEqualTo("r:5/bb@" + digest);
    assertThat(familiar("docker.io/library/bb", "")).isEqualTo("bb:latest");
    assertThatThrownBy(() -> familiar("bb@sha256:12", "")).isInstanceOf(CaissonException.class);
  }

  private static String familiar(String image, String tag) {
    var given = Optional.of(tag).filter(text -> !text.isEmpty());
    return PullRequest.of(image, given, Optional.empty(), Credentials.NONE).familiar();
  }
}
