package caisson.api.docker.mounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.api.docker.FakeEngine;
import caisson.api.wire.CreateContainer;
import caisson.api.wire.WireJson;
import caisson.engine.Volume;
import caisson.oci.runtime.MountSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MountPlanTest {
  private final FakeEngine engine = new FakeEngine();
  private final List<String> made = new ArrayList<>();
  @TempDir Path directory;

  /** The mounts of a request whose body has apostrophes for quotation marks. */
  private List<MountSpec> plan(String json) {
    var body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    var request = WireJson.read(body, CreateContainer.class);
    return MountPlan.of(request.config(), request.hostConfig()).realize(engine.volumes, made);
  }

  private List<MountSpec> binds(String texts) {
    return plan("{'HostConfig':{'Binds':[" + texts + "]}}");
  }

  private List<MountSpec> mount(String fields) {
    return plan("{'HostConfig':{'Mounts':[{" + fields + "}]}}");
  }

  private static MountSpec spec(String at, String type, String source, String... options) {
    return new MountSpec(
        at, Optional.of(type), Optional.of(source), List.of(options), List.of(), List.of());
  }

  @Test
  void bindsShowTheHostAndKeepToThemselves() {
    assertThat(binds("'/usr/./lib/:/a/../b/','/etc:/etc:ro','/srv:/s:rslave,z'"))
        .containsExactly(
            spec("/b", "bind", "/usr/lib", "rbind", "rprivate"),
            spec("/etc", "bind", "/etc", "rbind", "rprivate", "ro"),
            spec("/s", "bind", "/srv", "rbind", "rslave"));
  }

  @Test
  void aSourceThatIsMissingBecomesADirectoryOfABindOnly() {
    var missing = directory.resolve("a/b");
    assertThatThrownBy(() -> mount("'Type':'bind','Source':'" + missing + "','Target':'/x'"))
        .hasMessage(
            "invalid mount config for type \"bind\": bind source path does not exist: " + missing);
    assertThat(missing).doesNotExist();
    binds("'" + missing + ":/x'");
    assertThat(missing).isDirectory();
  }

  @Test
  void namesAreVolumesAndLoneDestinationsTheContainersOwn() {
    assertThat(binds("'db:/db:nocopy','conf:/etc/conf:ro'"))
        .containsExactly(
            spec("/db", "volume", "db", "nocopy"), spec("/etc/conf", "volume", "conf", "ro"));
    assertThat(made).isEmpty();
    assertThat(plan("{'Volumes':{'/data':{}}}"))
        .containsExactly(spec("/data", "volume", made.getFirst()));
    assertThat(engine.volumes.inspect(made.getFirst()))
        .matches(Volume::anonymous)
        .extracting(Volume::labels)
        .isEqualTo(Map.of("com.docker.volume.anonymous", ""));
  }

  @Test
  void whatIsMountedAnywayNeedsNoVolumeOfTheImages() {
    assertThat(
            plan(
                "{'Volumes':{'/a':{},'/b/':{},'/c':{}},"
                    + "'HostConfig':{'Binds':['v:/a'],'Tmpfs':{'/b':''}}}"))
        .extracting(MountSpec::destination)
        .containsExactly("/a", "/c");
  }

  @Test
  void whatIsNearerToTheRootComesFirst() {
    assertThat(binds("'v1:/a/b/c','v2:/x','v3:/a'"))
        .extracting(MountSpec::destination)
        .containsExactly("/x", "/a", "/a/b/c");
  }

  @Test
  void mountsMayHaveLabelsAPathAndASize() {
    assertThat(
            mount(
                "'Type':'volume','Source':'db','Target':'/db','ReadOnly':true,'VolumeOptions':{"
                    + "'Subpath':'a/../b','Labels':{'k':'v'},"
                    + "'DriverConfig':{'Name':'local','Options':{'type':'disk','size':'1g'}}}"))
        .containsExactly(spec("/db", "volume", "db/b", "ro"));
    var volume = engine.volumes.inspect("db");
    assertThat(volume.labels()).isEqualTo(Map.of("k", "v"));
    assertThat(volume.disk().orElseThrow().bytes()).isEqualTo(1L << 30);
    assertThat(
            mount(
                "'Type':'tmpfs','Target':'/t','TmpfsOptions':{'SizeBytes':1024,'Mode':1023,"
                    + "'Options':[['exec']]}"))
        .containsExactly(
            spec(
                "/t",
                "tmpfs",
                "tmpfs",
                "noexec",
                "nosuid",
                "nodev",
                "size=1024",
                "mode=1777",
                "exec"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'/a:/b','x1:/b/'       | Duplicate mount point: /b",
        "'/a:/'                 | destination can't be '/'",
        "'/a:b'                 | mount path must be absolute",
        "':/b'                  | invalid volume specification: ':/b'",
        "'/a:/b:ro:x'           | invalid volume specification: '/a:/b:ro:x'",
        "'/a:/b:rw,ro'          | invalid mode: rw,ro",
        "'/a:/b:ro,'            | invalid mode: ro,",
        "'/a:ro'                | volumes cannot include a mode",
        "'v1:/b:rslave'         | BindOptions must not be specified",
        "'/a:/b:nocopy'         | VolumeOptions must not be specified"
      })
  void refusesBinds(String texts, String why) {
    assertThatThrownBy(() -> binds(texts)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'Type':'bind','Target':'/b'                       | field Source must not be empty",
        "'Type':'bind','Source':'a','Target':'/b'          | mount path must be absolute",
        "'Type':'bind','Source':'/usr'                     | field Target must not be empty",
        "'Type':'tmpfs','Source':'/usr','Target':'/b'      | field Source must not be specified",
        "'Type':'volume','Target':'/b','ReadOnly':true     | when using anonymous volumes",
        "'Type':'image','Target':'/b'                      | not supported",
        "'Type':'x','Target':'/b'                          | mount type unknown",
        "'Type':'volume','Source':'v1','Target':'/b','VolumeOptions':{'Subpath':'../x'} | within",
        "'Type':'volume','Source':'v1','Target':'/b','VolumeOptions':{'Subpath':'/x'}   | within",
        "'Type':'bind','Source':'/usr','Target':'/b','BindOptions':{'NonRecursive':true} | below",
        "'Type':'bind','Source':'/usr','Target':'/b','BindOptions':{'Propagation':'x'}  | mode: x"
      })
  void refusesMounts(String fields, String why) {
    assertThatThrownBy(() -> mount(fields)).hasMessageContaining(why);
  }

  @Test
  void makesNothingWhenSomethingIsWrong() {
    var missing = directory.resolve("missing");
    assertThatThrownBy(() -> binds("'" + missing + ":/x','v1:/y','/a:/'"))
        .hasMessageContaining("destination");
    assertThat(Files.exists(missing)).isFalse();
    assertThat(engine.volumes.list()).isEmpty();
  }
}
