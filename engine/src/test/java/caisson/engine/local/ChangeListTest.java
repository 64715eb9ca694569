package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.engine.FileChange;
import caisson.engine.FileChange.Kind;
import caisson.guest.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangeListTest {
  private static List<FileChange> read(String text) {
    return ChangeList.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsChangesIntoTheOrderOfPaths() {
    assertThat(read("A/a-b\0A/a/b\0D/c\nd\0C/a\0"))
        .containsExactly(
            new FileChange(Kind.CHANGED, "/a"),
            new FileChange(Kind.ADDED, "/a/b"),
            new FileChange(Kind.ADDED, "/a-b"),
            new FileChange(Kind.DELETED, "/c\nd"));
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A/a", "A/a\0C", "\0", "A\0", "Aa\0", "X/a\0", "A/a\0\0"})
  void refusesWhatIsNoList(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ProtocolException.class);
  }
}
