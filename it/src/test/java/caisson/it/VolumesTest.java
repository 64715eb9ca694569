package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files of the host and volumes, in real machines. */
@ExtendWith(SharedDaemon.class)
final class VolumesTest {
  @TempDir Path host;
  private final Daemon daemon;
  private final Cli caisson;

  VolumesTest(Daemon daemon) {
    this.daemon = daemon;
    this.caisson = daemon.cli();
  }

  /** Runs a shell's commands in a new container and answers what they print. */
  private String shell(String script, String... flags) {
    return run(script, flags).ok().out();
  }

  private Result run(String script, String... flags) {
    var words = new ArrayList<>(List.of("run", "--rm"));
    words.addAll(List.of(flags));
    words.addAll(List.of(TestImage.NAME, "sh", "-c", script));
    return caisson.run(words.toArray(String[]::new));
  }

  private static String owner(Path file) throws IOException {
    int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    var uid = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    var gid = Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    return "%s:%s %o".formatted(uid, gid, mode & 07777);
  }

  @Test
  void aBindShowsTheHostsFilesAndKeepsTheirOwners() throws IOException {
    Files.writeString(host.resolve("f"), "from the host\n");
    Files.setAttribute(host.resolve("f"), "unix:uid", 33);
    Files.createSymbolicLink(host.resolve("l"), Path.of("f"));
    var seen =
        shell(
            "cat /d/l; stat -c '%u:%g' /d/f; echo new > /d/n; chown 5:6 /d/n; chmod 4711 /d/n;"
                + " ln -s /etc/passwd /d/s; mkdir /d/a; mv /d/a /d/b; ln /d/n /d/h",
            "-v", host + ":/d");
    assertThat(seen).isEqualTo("from the host\n33:0");
    assertThat(host.resolve("n")).hasContent("new\n");
    assertThat(owner(host.resolve("n"))).isEqualTo("5:6 4711");
    assertThat(Files.readSymbolicLink(host.resolve("s"))).isEqualTo(Path.of("/etc/passwd"));
    assertThat(host.resolve("b")).isDirectory();
    assertThat(Files.isSameFile(host.resolve("h"), host.resolve("n"))).isTrue();
  }

  @Test
  void aReadOnlyBindIsReadOnlyOnBothSides() throws IOException {
    Files.writeString(host.resolve("f"), "x");
    var refused =
        run(
            "touch /d/n; echo y > /d/f; mount -o remount,rw /d; touch /d/m",
            "--cap-add=ALL",
            "-v",
            host + ":/d:ro");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("Read-only file system");
    try (var files = Files.list(host)) {
      assertThat(files).containsExactly(host.resolve("f"));
    }
    assertThat(host.resolve("f")).hasContent("x");
  }

  @Test
  void aSingleFileIsBoundOverTheImages() throws IOException {
    var file = Files.writeString(host.resolve("passwd"), "only:x:0:0::/:/bin/sh\n");
    assertThat(shell("id -un; ls -l /etc/passwd | cut -c1", "-v", file + ":/etc/passwd:ro"))
        .isEqualTo("only\n-");
  }

  @Test
  void nobodyGetsOutOfAShare() throws IOException {
    var share = Files.createDirectory(host.resolve("share"));
    Files.writeString(host.resolve("secret"), "secret");
    Files.createSymbolicLink(share.resolve("out"), Path.of("../secret"));
    Files.createSymbolicLink(share.resolve("root"), Path.of("/"));
    var seen = run("cat /s/out; cat /s/../secret; ls /s/root/run", "-v", share + ":/s");
    assertThat(seen.out()).doesNotContain("secret");
  }

  @Test
  void thousandsOfFilesAreListedReadAndRemoved() throws IOException {
    for (int i = 0; i < 3000; i++) {
      Files.writeString(host.resolve("file-" + i), "n" + i);
    }
    assertThat(
            shell(
                "ls /d | wc -l; cat /d/file-2999; rm /d/file-1*; ls /d | wc -l",
                "-v",
                host + ":/d"))
        .isEqualTo("3000\nn29991889");
    try (var left = Files.list(host)) {
      assertThat(left).hasSize(1889);
    }
  }

  @Test
  void aNamedVolumeOutlivesItsContainers() {
    shell("echo kept > /v/f; chown 1000:50 /v/f", "-v", "outlives:/v");
    assertThat(shell("cat /v/f; stat -c %u:%g /v/f", "-v", "outlives:/v"))
        .isEqualTo("kept\n1000:50");
    daemon.kill();
    daemon.startAgain();
    assertThat(shell("cat /v/f", "-v", "outlives:/v:ro")).isEqualTo("kept");
    assertThat(run("touch /v/g", "-v", "outlives:/v:ro").err()).contains("Read-only");
    assertThat(caisson.out("volume", "rm", "outlives")).isEqualTo("outlives");
  }

  @Test
  void theImagesFilesAreCopiedOnceAndNotWithNocopy() {
    assertThat(shell("stat -c %u:%g /home/worker; echo mine > /home/f", "-v", "copied:/home"))
        .isEqualTo("1000:1000");
    assertThat(shell("ls /v", "-v", "copied:/v")).isEqualTo("f\nworker");
    shell("rm -r /home/worker", "-v", "copied:/home");
    assertThat(shell("ls /home", "-v", "copied:/home")).isEqualTo("f");
    assertThat(shell("ls /home", "-v", "plain:/home:nocopy")).isEmpty();
    assertThat(
            shell(
                "ls -l /v/bin/sh | cut -c1; /v/bin/busybox echo runs",
                "-v",
                "bin:/bin",
                "-v",
                "bin:/v/bin"))
        .isEqualTo("l\nruns");
    caisson.out("volume", "rm", "copied", "plain", "bin");
  }

  @Test
  void aPathInAVolumeIsMountedAndLeadsNowhereElse() {
    shell(
        "mkdir -p /v/a/b; echo deep > /v/a/b/f; ln -s /etc /v/evil; ln -s a /v/good",
        "-v",
        "sub:/v");
    var deep = "type=volume,src=sub,dst=/m,volume-subpath=good/b";
    assertThat(shell("cat /m/f", "--mount", deep)).isEqualTo("deep");
    var evil = run("ls /m", "--mount", "type=volume,src=sub,dst=/m,volume-subpath=evil");
    assertThat(evil.code()).isEqualTo(125);
    assertThat(evil.err()).contains("evil");
    caisson.out("volume", "rm", "sub");
  }

  @Test
  void anAnonymousVolumeGoesWithItsContainer() {
    var id = caisson.out("create", "-v", "/data", TestImage.NAME, "true").strip();
    var name = caisson.out("inspect", "-f", "{{json .Mounts}}", id);
    assertThat(name).contains("\"Destination\":\"/data\"", "\"Type\":\"volume\"");
    assertThat(anonymousVolumes()).hasSize(64);
    caisson.out("rm", "-v", id);
    assertThat(anonymousVolumes()).isEmpty();
    shell("touch /data/f", "-v", "/data");
    assertThat(anonymousVolumes()).isEmpty();
  }

  private String anonymousVolumes() {
    return caisson.out("volume", "ls", "-q", "--filter", "label=com.docker.volume.anonymous");
  }

  @Test
  void aDiskVolumeHasItsSizeAndOneContainerAtATime() {
    caisson.out("volume", "create", "-o", "type=disk", "-o", "size=100m", "disk");
    assertThat(
            shell(
                "ls -A /v; dd if=/dev/zero of=/v/big bs=1M count=200 2>&1 | grep left",
                "-v",
                "disk:/v"))
        .contains("No space left");
    var holder = caisson.out("run", "-d", "-v", "disk:/v", TestImage.NAME, "sleep", "300").strip();
    var second = run("true", "-v", "disk:/v");
    assertThat(second.code()).isEqualTo(125);
    assertThat(second.err())
        .contains("the running container " + holder.substring(0, 12) + " has it");
    assertThat(caisson.run("volume", "rm", "disk").err()).contains("volume is in use");
    caisson.out("rm", "-f", holder);
    assertThat(shell("ls /v; rm /v/big; echo row > /v/f", "-v", "disk:/v")).isEqualTo("big");
    assertThat(shell("cat /v/f", "-v", "disk:/v:ro")).isEqualTo("row");
    caisson.out("volume", "rm", "disk");
  }

  @Test
  void filesAreCopiedIntoAndOutOfARunningContainer() throws IOException {
    var tree = Files.createDirectories(host.resolve("tree/deep"));
    Files.writeString(tree.resolve("f"), "text\n");
    Files.createSymbolicLink(tree.resolve("l"), Path.of("f"));
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "300").strip();
    caisson.out("cp", host + "/tree", id + ":/tmp");
    assertThat(caisson.out("exec", id, "cat", "/tmp/tree/deep/l")).isEqualTo("text");
    caisson.out(
        "exec", id, "sh", "-c", "echo more >> /tmp/tree/deep/f; chmod 750 /tmp/tree/deep/f");
    caisson.out("cp", id + ":/tmp/tree/.", host + "/back");
    assertThat(host.resolve("back/deep/f")).hasContent("text\nmore\n");
    assertThat(Files.readSymbolicLink(host.resolve("back/deep/l"))).isEqualTo(Path.of("f"));
    var missing = caisson.run("cp", id + ":/nothing", host.toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("Could not find the file /nothing in container");
    caisson.out("rm", "-f", id);
  }

  @Test
  void filesAreCopiedIntoAndOutOfAContainerThatDoesNotRun() throws IOException {
    var script = Files.writeString(host.resolve("start"), "#!/bin/sh\necho started > /result\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    var id = caisson.out("create", TestImage.NAME, "/start").strip();
    caisson.out("cp", script.toString(), id + ":/start");
    caisson.out("start", "-a", id);
    caisson.out("cp", id + ":/result", host + "/result");
    assertThat(host.resolve("result")).hasContent("started\n");
    assertThat(caisson.out("inspect", "-f", "{{.State.Status}}", id)).isEqualTo("exited");
    caisson.out("rm", id);
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidInDockersWords() {
    var missing = run("true", "--mount", "type=bind,src=" + host + "/missing,dst=/x");
    assertThat(missing.code()).isEqualTo(125);
    assertThat(missing.err()).contains("bind source path does not exist: " + host + "/missing");
    var before = caisson.out("volume", "ls", "-q");
    assertThat(run("true", "-v", "a1:/x", "-v", "b1:/x").err())
        .contains("Duplicate mount point: /x");
    assertThat(run("true", "-v", "/tmp:/").err()).contains("destination can't be '/'");
    assertThat(run("true", "-v", host + ":/x:rshared").err()).contains("do not propagate");
    assertThat(caisson.run("volume", "inspect", "missing").err()).contains("no such volume");
    assertThat(caisson.out("volume", "ls", "-q")).isEqualTo(before);
  }
}
