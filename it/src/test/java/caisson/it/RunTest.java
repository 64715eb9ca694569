package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code caisson run} and its flags. */
@ExtendWith(SharedDaemon.class)
class RunTest {
  private final Cli caisson;

  RunTest(Cli caisson) {
    this.caisson = caisson;
  }

  private String sh(String script) {
    return caisson.out("run", "--rm", TestImage.NAME, "sh", "-c", script);
  }

  @Test
  void printsWhatTheCommandPrints() {
    var result =
        caisson.run("run", "--rm", TestImage.NAME, "sh", "-c", "echo out; echo err >&2; exit 7");
    assertThat(result.out()).isEqualTo("out");
    assertThat(result.err()).isEqualTo("err");
    assertThat(result.code()).isEqualTo(7);
  }

  @Test
  void handsOnStandardInputAndItsEnd() {
    var result = caisson.runReading("one\ntwo\n", "run", "--rm", "-i", TestImage.NAME, "wc", "-l");
    assertThat(result.ok().out()).isEqualTo("2");
  }

  @Test
  void withoutInteractiveTheInputIsEmpty() {
    var result = caisson.runReading("lost\n", "run", "--rm", TestImage.NAME, "cat");
    assertThat(result.ok().out()).isEmpty();
  }

  @Test
  void carriesBytesAsTheyAre() {
    var result =
        caisson.run(
            "run",
            "--rm",
            TestImage.NAME,
            "sh",
            "-c",
            "i=0; while [ $i -lt 256 ]; do"
                + " printf \"\\\\$(printf %03o $i)\"; i=$((i+1)); done");
    var expected = new byte[256];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) i;
    }
    assertThat(result.ok().outBytes()).isEqualTo(expected);
  }

  @Test
  void aSignalThatEndsTheCommandGives128AndItsNumber() {
    assertThat(
            caisson
                .run("run", "--rm", "--init", TestImage.NAME, "sh", "-c", "kill -KILL $$")
                .code())
        .isEqualTo(137);
  }

  @Test
  void commandsThatCannotRunHaveDockersCodes() {
    var missing = caisson.run("run", "--rm", TestImage.NAME, "no-such-command");
    assertThat(missing.code()).isEqualTo(127);
    assertThat(missing.err()).contains("no-such-command").contains("executable file not found");
    var directory = caisson.run("run", "--rm", TestImage.NAME, "/etc");
    assertThat(directory.code()).isEqualTo(126);
    var data = caisson.run("run", "--rm", TestImage.NAME, "/etc/passwd");
    assertThat(data.code()).isEqualTo(126);
    assertThat(data.err()).contains("permission denied");
  }

  @Test
  void setsEnvironmentDirectoryUserAndHostName(@TempDir Path directory) throws IOException {
    var file = directory.resolve("env");
    Files.writeString(file, "# a comment\nFROM_FILE=yes\n");
    var out =
        caisson.out(
            "run",
            "--rm",
            "-e",
            "A=b c",
            "--env-file",
            file.toString(),
            "-w",
            "/made/for/it",
            "-u",
            "1000:2000",
            "-h",
            "box",
            TestImage.NAME,
            "sh",
            "-c",
            "echo $A; echo $FROM_FILE; pwd; id -u; id -g; hostname; cat /etc/hostname");
    assertThat(out.lines())
        .containsExactly("b c", "yes", "/made/for/it", "1000", "2000", "box", "box");
  }

  @Test
  void usersAreLookedUpInTheImage() {
    var out = caisson.out("run", "--rm", "-u", "worker", TestImage.NAME, "id");
    assertThat(out).isEqualTo("uid=1000(worker) gid=1000(worker) groups=50(staff),1000(worker)");
    var unknown = caisson.run("run", "--rm", "-u", "nobody-knows", TestImage.NAME, "id");
    assertThat(unknown.code()).isEqualTo(125);
    assertThat(unknown.err()).contains("nobody-knows");
  }

  @Test
  void theEntrypointCanBeReplaced() {
    assertThat(caisson.out("run", "--rm", "--entrypoint", "echo", TestImage.NAME, "hello"))
        .isEqualTo("hello");
  }

  @Test
  void aReadOnlyRootCannotBeWritten() {
    var result =
        caisson.run(
            "run",
            "--rm",
            "--read-only",
            "--tmpfs",
            "/scratch:size=1m",
            TestImage.NAME,
            "sh",
            "-c",
            "echo x >/scratch/file && cat /scratch/file; echo x >/file");
    assertThat(result.out()).isEqualTo("x");
    assertThat(result.err()).contains("Read-only file system");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void whatIsWrittenIsOnTheContainersOwnDisk() {
    assertThat(sh("echo kept >/root/file; cat /root/file; df -h / | tail -1"))
        .startsWith("kept\n")
        .contains("9.8G");
  }

  @Test
  void initIsProcessOneAndReapsOrphans() {
    var out =
        caisson.out(
            "run",
            "--rm",
            "--init",
            TestImage.NAME,
            "sh",
            "-c",
            "(sleep 0.1 &) ; sleep 0.5; echo $$; ps | grep -c sleep; cat /proc/1/comm");
    assertThat(out.lines().toList().getFirst()).isNotEqualTo("1");
    assertThat(out).doesNotContain("\nsleep");
  }

  @Test
  void detachedRunsPrintTheirIdAndGoOn(@TempDir Path directory) throws IOException {
    var idFile = directory.resolve("id");
    var id =
        caisson.out(
            "run",
            "-d",
            "--name",
            "detached",
            "--label",
            "test=yes",
            "--cidfile",
            idFile.toString(),
            TestImage.NAME,
            "sleep",
            "300");
    assertThat(id).matches("[0-9a-f]{64}");
    assertThat(Files.readString(idFile)).isEqualTo(id);
    assertThat(caisson.out("ps", "--filter", "label=test=yes")).contains("detached");
    caisson.out("rm", "-f", "detached");
  }

  @Test
  void aNameCanBeUsedOnce() {
    caisson.out("create", "--name", "taken", TestImage.NAME, "true");
    var second = caisson.run("create", "--name", "taken", TestImage.NAME, "true");
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains("already in use by container");
    caisson.out("rm", "taken");
  }

  @Test
  void rmLeavesNothing() {
    caisson.out("run", "--rm", "--name", "gone", TestImage.NAME, "true");
    assertThat(caisson.run("inspect", "gone").code()).isEqualTo(1);
  }

  @Test
  void anUnknownImageIsNamed() {
    var result = caisson.run("run", "--rm", "--pull", "never", "no/such:image", "true");
    assertThat(result.code()).isEqualTo(125);
    assertThat(result.err()).contains("no/such:image");
  }
}
