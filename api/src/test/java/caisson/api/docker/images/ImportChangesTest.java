package caisson.api.docker.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportChangesTest {
  @Test
  void readsInstructionsOfADockerfile() {
    var defaults =
        ImportChanges.parse(
            List.of(
                "CMD [\"sh\", \"-c\", \"echo hi\"]",
                "entrypoint run it",
                "ENV A=1 B=\"two words\" C=it\\ is",
                "ENV OLD form of it",
                "LABEL a.b='c d'",
                "EXPOSE 80 53/udp",
                "VOLUME [\"/a b\"]",
                "VOLUME /c /d",
                "USER web",
                "WORKDIR /w",
                "STOPSIGNAL SIGINT",
                " "));
    assertThat(defaults.cmd()).containsExactly("sh", "-c", "echo hi");
    assertThat(defaults.entrypoint()).containsExactly("/bin/sh", "-c", "run it");
    assertThat(defaults.env()).containsExactly("A=1", "B=two words", "C=it is", "OLD=form of it");
    assertThat(defaults.labels()).isEqualTo(Map.of("a.b", "c d"));
    assertThat(defaults.exposedPorts()).containsOnlyKeys("80/tcp", "53/udp");
    assertThat(defaults.volumes()).containsOnlyKeys("/a b", "/c", "/d");
    assertThat(defaults.user()).contains("web");
    assertThat(defaults.workingDir()).contains("/w");
    assertThat(defaults.stopSignal()).contains("SIGINT");
  }

  @Test
  void changesWhatIsThereBefore() {
    var before =
        ImportChanges.parse(List.of("CMD a", "ENV A=1 B=2", "LABEL x=1", "EXPOSE 80", "USER u"));
    var after = ImportChanges.apply(before, List.of("ENV B=3 C=4", "LABEL y=2", "EXPOSE 81"));
    assertThat(after.env()).containsExactly("A=1", "B=3", "C=4");
    assertThat(after.labels()).isEqualTo(Map.of("x", "1", "y", "2"));
    assertThat(after.exposedPorts()).containsOnlyKeys("80/tcp", "81/tcp");
    assertThat(after.cmd()).isEqualTo(before.cmd());
    assertThat(after.user()).contains("u");
    assertThat(ImportChanges.apply(before, List.of())).isEqualTo(before);
  }

  @Test
  void anEntrypointTakesTheCommandBeforeItAway() {
    var before = ImportChanges.parse(List.of("CMD [\"a\"]"));
    var alone = ImportChanges.apply(before, List.of("ENTRYPOINT [\"e\"]"));
    assertThat(alone.entrypoint()).containsExactly("e");
    assertThat(alone.cmd()).isEmpty();
    var both = ImportChanges.apply(before, List.of("CMD [\"b\"]", "ENTRYPOINT [\"e\"]"));
    assertThat(both.cmd()).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CMD",
        "RUN x",
        "ONBUILD CMD x",
        "CMD [1",
        "CMD [null]",
        "ENV A=\"b",
        "ENV A",
        "ENV A=1 B",
        "ENV =x y=z"
      })
  void refusesOthers(String instruction) {
    assertThatThrownBy(() -> ImportChanges.parse(List.of(instruction)))
        .isInstanceOf(CaissonException.class);
  }
}
