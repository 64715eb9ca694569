package caisson.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.cli.json.JsonText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MountFlagTest {
  private static String parse(String text) {
    return JsonText.write(MountFlag.parse(text)).replace('"', '\'');
  }

  @Test
  void isAVolumeUnlessItSaysOtherwise() {
    assertThat(parse("src=db,dst=/db,ro"))
        .isEqualTo("{'Type':'volume','Source':'db','Target':'/db','ReadOnly':true}");
    assertThat(parse("type=bind,source=/a,target=/b,readonly=false,bind-propagation=rslave"))
        .isEqualTo(
            "{'Type':'bind','Source':'/a','Target':'/b','ReadOnly':false,"
                + "'BindOptions':{'Propagation':'rslave'}}");
    assertThat(parse("type=tmpfs,destination=/t,tmpfs-size=1m,tmpfs-mode=1770"))
        .isEqualTo(
            "{'Type':'tmpfs','Source':'','Target':'/t',"
                + "'TmpfsOptions':{'SizeBytes':1048576,'Mode':1016}}");
  }

  @Test
  void quotationMarksHoldCommas() {
    assertThat(
            parse(
                "src=db,dst=/db,volume-nocopy,volume-subpath=a,volume-label=k=v,"
                    + "\"volume-opt=o=a,b\"\"c\",volume-opt=type=disk"))
        .isEqualTo(
            "{'Type':'volume','Source':'db','Target':'/db','VolumeOptions':{'NoCopy':true,"
                + "'Subpath':'a','Labels':{'k':'v'},"
                + "'DriverConfig':{'Options':{'o':'a,b\\'c','type':'disk'}}}}");
  }

  @Test
  void aBindMayBeginHere() {
    var here = Path.of("").toAbsolutePath();
    assertThat(parse("type=bind,src=./x,dst=/x")).contains("'Source':'" + here + "/x'");
    assertThat(VolumeFlag.checked(".:/x:ro")).isEqualTo(here + ":/x:ro");
    assertThat(VolumeFlag.checked("./a/../b:/x")).isEqualTo(here + "/b:/x");
  }

  @Test
  void volumesWithoutASourceAreTheContainersOwn() {
    var given = List.of("/a", "db:/b", "/c:/d:ro");
    assertThat(VolumeFlag.binds(given)).containsExactly("db:/b", "/c:/d:ro");
    assertThat(JsonText.write(VolumeFlag.anonymous(given))).isEqualTo("{\"/a\":{}}");
    assertThatThrownBy(() -> VolumeFlag.checked("")).hasMessage("invalid empty volume spec");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=bind,src=/a               | target is required",
        "x                              | invalid field 'x' must be a key=value pair",
        "x=y,dst=/a                     | unexpected key 'x' in 'x=y'",
        "dst=/a,ro=perhaps              | invalid value for ro: perhaps",
        "dst=/a,tmpfs-mode=9            | invalid value for tmpfs-mode: 9",
        "dst=/a,bind-propagation=shared | cannot mix 'bind-*' options with mount type 'volume'",
        "type=bind,dst=/a,volume-nocopy | cannot mix 'volume-*' options with mount type 'bind'",
        "type=bind,dst=/a,tmpfs-size=1  | cannot mix 'tmpfs-*' options with mount type 'bind'"
      })
  void refusesWhatMakesNoSense(String text, String why) {
    assertThatThrownBy(() -> MountFlag.checked(text)).hasMessage(why);
  }
}
