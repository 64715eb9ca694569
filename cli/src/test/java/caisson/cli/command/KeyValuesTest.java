package caisson.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValuesTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/root", "EMPTY", "");

  @TempDir private Path directory;

  private List<String> gather(byte[] file, String... given) throws IOException {
    var path = Files.write(directory.resolve("file"), file);
    return KeyValues.gather(
        List.of(path.toString()),
        List.of(given),
        name -> Optional.ofNullable(ENVIRONMENT.get(name)));
  }

  private List<String> gather(String file, String... given) throws IOException {
    return gather(file.getBytes(java.nio.charset.StandardCharsets.UTF_8), given);
  }

  @Test
  void readsFilesBeforeWhatIsGiven() throws IOException {
    var file = "\uFEFFA=1\n\n# comment\n  B = 2 \nC=a=b\r\nHOME\nEMPTY\nUNSET\nD='q'";
    assertThatThrownBy(() -> gather(file))
        .hasMessageContaining("variable 'B ' contains whitespaces");
    assertThat(gather(file.replace("B =", "B="), "HOME", "UNSET", "E="))
        .containsExactly(
            "A=1", "B= 2 ", "C=a=b", "HOME=/root", "EMPTY=", "D='q'", "HOME=/root", "UNSET", "E=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=x | no variable name on line '=x'",
        "a\tb=1 | variable 'a\tb' contains whitespaces"
      })
  void saysWhichFileIsWrong(String line, String reason) {
    assertThatThrownBy(() -> gather(line))
        .hasMessage("invalid env file (" + directory.resolve("file") + "): " + reason);
  }

  @Test
  void refusesBytesThatAreNoText() {
    assertThatThrownBy(() -> gather(new byte[] {'A', '=', (byte) 0xff}))
        .hasMessageEndingWith("it is not UTF-8");
  }

  @Test
  void tellsThatThereIsNoSuchFile() {
    assertThatThrownBy(
            () -> KeyValues.gather(List.of("/nosuch/file"), List.of(), _ -> Optional.empty()))
        .hasMessage("open /nosuch/file: no such file or directory");
  }

  @Test
  void letsTheLastOfEqualKeysCount() {
    assertThat(KeyValues.map(List.of("a=1", "b", "a=2=3")))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "2=3", "b", ""));
  }
}
