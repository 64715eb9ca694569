package caisson.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResolutionTest {
  private static final Digest FIRST = new Digest("cafe" + "0".repeat(60));
  private static final Digest SECOND = new Digest("cafe" + "1".repeat(60));
  private static final Digest MANIFEST = new Digest("2".repeat(64));

  private final Catalog catalog =
      Catalog.EMPTY
          .with(FIRST, contents(Optional.of(MANIFEST)), List.of(), names("host.x/app:1", "app:1"))
          .with(SECOND, contents(Optional.empty()), List.of(), names("cafe0", "cafe0:other"));

  private static Catalog.Contents contents(Optional<Digest> manifest) {
    return new Catalog.Contents(List.of(), manifest);
  }

  private static List<Reference> names(String... names) {
    return List.of(names).stream().map(Reference::parse).toList();
  }

  private Digest find(String text) {
    return new Resolution(catalog).find(text);
  }

  @Test
  void findsByName() {
    assertThat(find("app:1")).isEqualTo(FIRST);
    assertThat(find("docker.io/library/app:1")).isEqualTo(FIRST);
    assertThat(find("cafe0:other")).isEqualTo(SECOND);
  }

  @Test
  void findsById() {
    assertThat(find(FIRST.hex())).isEqualTo(FIRST);
    assertThat(find(SECOND.toString())).isEqualTo(SECOND);
  }

  @Test
  void findsByTheBeginningOfAnIdUnlessItIsAName() {
    assertThat(find("cafe1")).isEqualTo(SECOND);
    assertThat(find("cafe0")).isEqualTo(SECOND);
    assertThat(find("sha256:cafe0")).isEqualTo(FIRST);
    assertThat(find("cafe00")).isEqualTo(FIRST);
  }

  @Test
  void findsByTheManifestsDigestInItsRepository() {
    assertThat(find("app@" + MANIFEST)).isEqualTo(FIRST);
    assertThat(find("app:gone@" + MANIFEST)).isEqualTo(FIRST);
    assertThat(find("host.x/app@" + MANIFEST)).isEqualTo(FIRST);
    assertRefused("other@" + MANIFEST, ErrorCode.NOT_FOUND);
    assertRefused("app@" + FIRST, ErrorCode.NOT_FOUND);
  }

  @Test
  void forgetsADigestWithTheLastNameInItsRepository() {
    var untagged = catalog.untagged(Reference.parse("app:1"));
    assertThat(untagged.canonical().keySet())
        .extracting(CanonicalReference::repository)
        .containsExactly("host.x/app");
    assertThat(catalog.without(FIRST).canonical()).isEmpty();
  }

  @Test
  void saysWhyNothingIsFound() {
    assertRefused("cafe", ErrorCode.INVALID_ARGUMENT);
    assertRefused("sha256:cafe", ErrorCode.INVALID_ARGUMENT);
    assertRefused("Nonsense", ErrorCode.INVALID_ARGUMENT);
    assertRefused("beef", ErrorCode.NOT_FOUND);
    assertRefused("app:2", ErrorCode.NOT_FOUND);
    assertRefused("f".repeat(64), ErrorCode.NOT_FOUND);
    assertThatThrownBy(() -> find("nosuch")).hasMessage("No such image: nosuch:latest");
  }

  private void assertRefused(String text, ErrorCode code) {
    assertThatThrownBy(() -> find(text))
        .isInstanceOfSatisfying(CaissonException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
