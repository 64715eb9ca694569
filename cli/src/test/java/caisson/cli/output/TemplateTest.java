package caisson.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Json VALUE =
      JsonText.read(
          "{\"Name\":\"/a\\\"$1\",\"State\":{\"Pid\":12,\"Dead\":false},\"Args\":[\"x\"],\"None\":null}"
              .getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{{.Name}} | /a\"$1",
        "{{ .State.Pid }}:{{.State.Dead}} | 12:false",
        "{{json .Name}} | \"/a\\\"$1\"",
        "{{json .State}} | {\"Pid\":12,\"Dead\":false}",
        "<{{.None}}> | <>",
        "no action | no action"
      })
  void fillsFieldsIn(String template, String text) {
    assertThat(new Template(template).fill(VALUE)).isEqualTo(text);
  }

  @Test
  void writesTheWholeAsJson() {
    assertThat(new Template("json").fill(VALUE)).isEqualTo(JsonText.write(VALUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{{.Nosuch}} | template parsing error: there is no field \"Nosuch\"",
        "{{range .Args}} | template parsing error: only {{.Field}} and {{json .Field}} are understood, not {{range .Args}}"
      })
  void saysWhatItDoesNotUnderstand(String template, String message) {
    assertThatThrownBy(() -> new Template(template).fill(VALUE)).hasMessage(message);
  }
}
