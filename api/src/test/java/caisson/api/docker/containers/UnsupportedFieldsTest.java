package caisson.api.docker.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.api.wire.WireJson;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnsupportedFieldsTest {
  private static void refuse(String json) {
    UnsupportedFields.refuse(WireJson.tree(json.replace('\'', '"').getBytes(UTF_8)));
  }

  @Test
  void takesWhatDockersClientAlwaysSends() throws IOException {
    try (var in = getClass().getResourceAsStream("/caisson/api/wire/create-28.2.json")) {
      byte[] json = Objects.requireNonNull(in).readAllBytes();
      assertThatNoException().isThrownBy(() -> UnsupportedFields.refuse(WireJson.tree(json)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'HostConfig':null,'NetworkingConfig':null}",
        "{'Healthcheck':{},'HostConfig':{'IpcMode':'private','CgroupnsMode':'private'}}",
        "{'HostConfig':{'MemorySwappiness':-1,'Isolation':'default','OomKillDisable':false}}",
        "{'NetworkingConfig':{'EndpointsConfig':{'n':{'IPAMConfig':{'IPv4Address':''}}}}}"
      })
  void takesWhatMeansNothing(String json) {
    assertThatNoException().isThrownBy(() -> refuse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'HostConfig':{'volumesFrom':['other']}}          | HostConfig.VolumesFrom",
        "{'HostConfig':{'MemorySwappiness':0.5}}           | HostConfig.MemorySwappiness",
        "{'HostConfig':{'PidMode':'host'}}                 | HostConfig.PidMode",
        "{'HostConfig':{'OomKillDisable':true}}            | HostConfig.OomKillDisable",
        "{'HostConfig':{'Links':['a:b']}}                  | HostConfig.Links",
        "{'NetworkingConfig':{'EndpointsConfig':{'n':{'Aliases':['x']}}}} | EndpointsConfig.Aliases"
      })
  void namesTheFieldThatItRefuses(String json, String field) {
    assertThatThrownBy(() -> refuse(json)).hasMessageContaining(field + " is not supported yet");
  }
}
