package caisson.api.docker.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.api.wire.ContainerConfig;
import caisson.api.wire.WireJson;
import caisson.base.CaissonException;
import caisson.oci.Json;
import caisson.oci.image.ImageConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MergedConfigTest {
  private static ContainerConfig merged(String asked, String image) {
    return MergedConfig.of(
        WireJson.read(
            ("{" + asked.replace('\'', '"') + "}").getBytes(UTF_8), ContainerConfig.class),
        Json.read(
            ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{"
                    + image.replace('\'', '"')
                    + "}}")
                .getBytes(UTF_8),
            ImageConfig.class,
            "image"));
  }

  /** Docker's table of how ENTRYPOINT and CMD of request and image go together. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                             | 'Entrypoint':['ie'],'Cmd':['ic'] | ie | ic",
        "'Cmd':['c']                    | 'Entrypoint':['ie'],'Cmd':['ic'] | ie | c",
        "'Cmd':[]                       | 'Entrypoint':['ie'],'Cmd':['ic'] | ie | ic",
        "'Entrypoint':['e']             | 'Entrypoint':['ie'],'Cmd':['ic'] | e  | ",
        "'Entrypoint':['e'],'Cmd':['c'] | 'Entrypoint':['ie'],'Cmd':['ic'] | e  | c",
        "'Entrypoint':[''],'Cmd':['c']  | 'Entrypoint':['ie'],'Cmd':['ic'] |    | c",
        "'Entrypoint':[],'Cmd':['c']    | 'Entrypoint':['ie'],'Cmd':['ic'] |    | c",
        "'Entrypoint':[]                | 'Entrypoint':['ie'],'Cmd':['ic'] |    | ic",
        "'Entrypoint':'e'               | 'Cmd':['ic']                     | e  | "
      },
      quoteCharacter = '~')
  void combinesCommands(String asked, String image, String entrypoint, String cmd) {
    var command = merged(asked.equals("''") ? "" : asked, image).command();
    assertThat(command.entrypoint().map(it -> String.join(" ", it)))
        .isEqualTo(Optional.ofNullable(entrypoint));
    assertThat(command.cmd().map(it -> String.join(" ", it))).isEqualTo(Optional.ofNullable(cmd));
  }

  @Test
  void needsACommand() {
    assertThatThrownBy(() -> merged("", "")).isInstanceOf(CaissonException.class);
    assertThatThrownBy(() -> merged("'Entrypoint':['']", "'Cmd':['ic']"))
        .isInstanceOf(CaissonException.class);
  }

  @Test
  void fillsInFromTheImageWhatTheRequestLeavesOpen() {
    var image =
        "'Cmd':['c'],'User':'u','WorkingDir':'/w','StopSignal':'INT','Env':['A=1','B=2'],"
            + "'Labels':{'l':'i','m':'i'},'ExposedPorts':{'80/tcp':{}},'Volumes':{'/v':{}}";
    var open = merged("'Labels':{'l':'r'},'Env':['B=3','A']", image);
    assertThat(open.command().user()).isEqualTo("u");
    assertThat(open.command().workingDir()).isEqualTo("/w");
    assertThat(open.stopSignal()).contains("INT");
    assertThat(open.command().env()).containsExactly("B=3");
    assertThat(open.labels()).containsEntry("l", "r").containsEntry("m", "i");
    assertThat(open.exposedPorts()).containsKey("80/tcp");
    assertThat(open.volumes()).containsKey("/v");
    var own = merged("'User':'x','WorkingDir':'/y','StopSignal':'9'", image);
    assertThat(own.command().user()).isEqualTo("x");
    assertThat(own.command().workingDir()).isEqualTo("/y");
    assertThat(own.stopSignal()).contains("9");
    assertThatThrownBy(() -> merged("'WorkingDir':'y'", image))
        .isInstanceOf(CaissonException.class);
  }
}
