package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "busybox,                    docker.io/library/busybox:latest,   busybox:latest",
    "busybox:1.36,               docker.io/library/busybox:1.36,     busybox:1.36",
    "docker.io/busybox,          docker.io/library/busybox:latest,   busybox:latest",
    "index.docker.io/a/b:c,      docker.io/a/b:c,                    a/b:c",
    "user/app,                   docker.io/user/app:latest,          user/app:latest",
    "a/b/c:d,                    docker.io/a/b/c:d,                  a/b/c:d",
    "localhost/app,              localhost/app:latest,               localhost/app:latest",
    "host:5000/app,              host:5000/app:latest,               host:5000/app:latest",
    "host:5000/a/b:t,            host:5000/a/b:t,                    host:5000/a/b:t",
    "ghcr.io/a/b,                ghcr.io/a/b:latest,                 ghcr.io/a/b:latest",
    "Host/app,                   Host/app:latest,                    Host/app:latest",
    "'[::1]:5000/app',           '[::1]:5000/app:latest',            '[::1]:5000/app:latest'",
    "a__b/c--d.e_f:T.g-h_I,      docker.io/a__b/c--d.e_f:T.g-h_I,    a__b/c--d.e_f:T.g-h_I"
  })
  void fillsInWhatDockerFillsIn(String text, String full, String familiar) {
    var reference = Reference.parse(text);
    assertThat(reference.toString()).isEqualTo(full);
    assertThat(reference.familiar()).isEqualTo(familiar);
    assertThat(Reference.parse(full)).isEqualTo(reference);
    assertThat(Reference.parse(familiar)).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":tag",
        "/app",
        "app/",
        "a//b",
        "Busybox",
        "user/App",
        "a..b",
        "a___b",
        "-a",
        "a_",
        "app:",
        "app:-x",
        "app:a:b",
        "app tag",
        "../x",
        "host:port/app",
        "https://host/app",
        "app@sha256:00",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> Reference.parse(text))
        .isInstanceOfSatisfying(
            CaissonException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("invalid reference format");
  }

  @Test
  void takesNamesAndTagsUpToTheirLimits() {
    String longest = "a".repeat(255 - "docker.io/library/".length());
    assertThat(Reference.parse(longest).familiarName()).isEqualTo(longest);
    assertThatThrownBy(() -> Reference.parse(longest + "a")).isInstanceOf(CaissonException.class);
    assertThat(Reference.parse("a:" + "t".repeat(128)).tag()).hasSize(128);
    assertThatThrownBy(() -> Reference.parse("a:" + "t".repeat(129)))
        .isInstanceOf(CaissonException.class);
  }

  @Test
  void readsANameWithADigest() {
    var reference = CanonicalReference.parse("busybox@" + DIGEST);
    assertThat(reference.toString()).isEqualTo("docker.io/library/busybox@" + DIGEST);
    assertThat(CanonicalReference.parse("busybox:1.0@" + DIGEST)).isEqualTo(reference);
    assertThat(CanonicalReference.parse(reference.toString())).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(strings = {"busybox", "busybox@", "busybox@sha256:12", "busybox@md5:00", "@sha256:"})
  void refusesANameWithoutAWholeDigest(String text) {
    assertThatThrownBy(() -> CanonicalReference.parse(text))
        .isInstanceOfSatisfying(
            CaissonException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}
