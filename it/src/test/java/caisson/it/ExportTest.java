package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a container's own files outside of it, in real machines. */
@ExtendWith(SharedDaemon.class)
final class ExportTest {
  /** One of each kind; the directory that is made anew hides the image's. */
  private static final String CHANGES =
      "rm /etc/group; echo more >> /etc/passwd; rmdir /home/worker; mkdir -p /root/new/deep;"
          + " touch /root/new/deep/f /tmp/\u00e4 /volume/f; rm -r /usr/bin; mkdir /usr/bin;"
          + " touch /usr/bin/mine";

  @TempDir Path host;
  private final Daemon daemon;
  private final Cli caisson;

  ExportTest(Daemon daemon) {
    this.daemon = daemon;
    this.caisson = daemon.cli();
  }

  private Result docker(String... words) {
    var all = new ArrayList<>(List.of("docker"));
    all.addAll(List.of(words));
    return new Command(all, Map.of("DOCKER_HOST", "unix://" + daemon.socket()), "").run().ok();
  }

  /** Exports a container and answers what GNU tar lists: type and mode, owner, name. */
  private List<String> exported(String id) {
    var file = host.resolve(id + ".tar").toString();
    caisson.out("export", "-o", file, id);
    return list(file);
  }

  private static List<String> list(String file) {
    return Command.of("tar", "--numeric-owner", "-tvf", file)
        .run()
        .ok()
        .out()
        .lines()
        .map(line -> line.replaceFirst("^(\\S+ \\S+) .* \\d\\d:\\d\\d ", "$1 "))
        .toList();
  }

  @Test
  void aRunningContainerIsExportedWithoutWhatIsMountedInIt() {
    var id =
        caisson.out(
            "run", "-d", "-v", host + ":/bound", "-v", "/volume", TestImage.NAME, "sleep", "300");
    caisson.out(
        "exec",
        id,
        "sh",
        "-c",
        "echo v > /volume/f; echo b > /bound/seen; echo new > /tmp/n; ln /tmp/n /tmp/h;"
            + " chown 5:6 /tmp/n; rm /etc/group; mkfifo -m 600 /tmp/p; ln -s n /tmp/l");
    var files = exported(id);
    assertThat(files)
        .contains(
            "prw------- 0/0 tmp/p",
            "lrwxrwxrwx 0/0 tmp/l -> n",
            "drwxrwxrwt 0/0 tmp/",
            "drwxr-xr-x 1000/1000 home/worker/",
            "-rwxr-xr-x 0/0 bin/busybox",
            "lrwxrwxrwx 0/0 bin/sh -> busybox");
    assertThat(files)
        .containsAnyOf("hrw-r--r-- 5/6 tmp/h link to tmp/n", "hrw-r--r-- 5/6 tmp/n link to tmp/h");
    assertThat(files.stream().filter(it -> it.contains("etc/group"))).isEmpty();
    for (var place : List.of("proc/", "sys/", "dev/", "bound/", "volume/")) {
      assertThat(files.stream().filter(it -> it.contains(" " + place)))
          .as(place)
          .singleElement()
          .asString()
          .endsWith(" " + place);
    }
    assertThat(
            Command.of("tar", "-xOf", host.resolve(id + ".tar").toString(), "tmp/h", "tmp/n")
                .run()
                .out())
        .isEqualTo("new");
    caisson.out("rm", "-f", "-v", id);
  }

  @Test
  void containersThatDoNotRunAreExportedToo() {
    var id = caisson.out("create", TestImage.NAME, "sh", "-c", "echo x > /made; rm -r /home");
    var before = exported(id);
    assertThat(before).contains("drwxr-xr-x 1000/1000 home/worker/", "drwxr-xr-x 0/0 proc/");
    caisson.out("start", "-a", id);
    var after = exported(id);
    assertThat(after).contains("-rw-r--r-- 0/0 made");
    assertThat(after.stream().filter(it -> it.contains("home"))).isEmpty();
    var piped = host.resolve("docker.tar");
    docker("export", "-o", piped.toString(), id);
    assertThat(list(piped.toString())).isEqualTo(after);
    caisson.out("rm", id);
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }

  @Test
  void changesAreListedAsDockerDoes() {
    var id = caisson.out("create", "-v", "/volume", TestImage.NAME, "sh", "-c", CHANGES);
    assertThat(caisson.out("diff", id)).isEqualTo("A /volume");
    caisson.out("start", "-a", id);
    var changes = caisson.out("diff", id);
    assertThat(changes.lines())
        .containsExactly(
            "C /etc",
            "D /etc/group",
            "C /etc/passwd",
            "C /home",
            "D /home/worker",
            "C /root",
            "A /root/new",
            "A /root/new/deep",
            "A /root/new/deep/f",
            "C /tmp",
            "A /tmp/\u00e4",
            "C /usr",
            "C /usr/bin",
            "D /usr/bin/datagrams",
            "D /usr/bin/identity",
            "A /usr/bin/mine",
            "D /usr/bin/syscalls",
            "A /volume");
    assertThat(docker("diff", id).out()).isEqualTo(changes);
    caisson.out("rm", "-v", id);
  }

  @Test
  void changesOfARunningContainerComeAtOnce() {
    var id = caisson.out("run", "-d", TestImage.NAME, "sleep", "300");
    assertThat(caisson.out("diff", id)).isEmpty();
    caisson.out("exec", id, "sh", "-c", "touch /new; rm /new; chmod 700 /home");
    assertThat(caisson.out("diff", id)).contains("C /home").doesNotContain("/new");
    caisson.out("rm", "-f", id);
  }

  @Test
  void whatAContainerHasChangedBecomesAnImage() {
    var first = caisson.out("create", "-e", "KEPT=1", TestImage.NAME, "sh", "-c", CHANGES);
    caisson.out("start", "-a", first);
    var id =
        caisson.out(
            "commit",
            "-a",
            "me",
            "-m",
            "why",
            "-c",
            "ENV MORE=2",
            "-c",
            "CMD [\"sh\"]",
            first,
            "committed:1");
    assertThat(id).matches("sha256:[0-9a-f]{64}");
    assertThat(caisson.out("inspect", "-f", "{{.Id}} {{.Author}} {{.Comment}}", "committed:1"))
        .isEqualTo(id + " me why");
    var second =
        caisson.out(
            "create",
            "committed:1",
            "sh",
            "-c",
            "ls -a /usr/bin /home /root; cat /etc/group; tail -n 1 /etc/passwd; echo $KEPT$MORE;"
                + " rm /usr/bin/mine /etc/passwd; touch /usr/bin/more");
    var seen = caisson.run("start", "-a", second);
    assertThat(seen.out())
        .isEqualTo("/home:\n.\n..\n\n/root:\n.\n..\nnew\n\n/usr/bin:\n.\n..\nmine\nmore\n12");
    assertThat(seen.err()).contains("/etc/group': No such file");
    assertThat(caisson.out("diff", second).lines())
        .containsExactly(
            "C /etc", "D /etc/passwd", "C /usr/bin", "D /usr/bin/mine", "A /usr/bin/more");
    assertThat(docker("commit", "-p=false", second, "committed:2").out()).startsWith("sha256:");
    assertThat(caisson.out("run", "--rm", "committed:2", "ls", "/usr/bin", "/root/new/deep"))
        .isEqualTo("/root/new/deep:\nf\n\n/usr/bin:\nmore");
    exported(first);
    var format = "{{.Action}} {{index .Actor.Attributes \"imageRef\"}}";
    var events =
        docker(
            "events",
            "--since=1h",
            "--until=-1s",
            "--filter=container=" + first,
            "--format",
            format);
    assertThat(events.out().lines().map(String::strip)).contains("commit committed:1", "export");
    caisson.out("rm", first, second);
    caisson.out("rmi", "committed:2", "committed:1");
  }

  @Test
  void aRunningContainerStandsStillWhileItIsCommittedAndGoesOn() {
    var lines = "wc -l < /a; wc -l < /z";
    var id =
        caisson.out(
            "run",
            "-d",
            TestImage.NAME,
            "sh",
            "-c",
            "dd if=/dev/urandom of=/large bs=1M count=20; while true; do echo x >> /a; echo x >> /z; done");
    caisson.out("exec", id, "sh", "-c", "until [ -s /z ]; do :; done");
    caisson.out("commit", id, "committed:still");
    var both = caisson.out("run", "--rm", "committed:still", "sh", "-c", lines).split("\n", -1);
    assertThat(Integer.parseInt(both[0]) - Integer.parseInt(both[1])).isBetween(0, 1);
    var before = caisson.out("exec", id, "sh", "-c", "wc -l < /z");
    var goesOn = "until [ $(wc -l < /z) -gt " + before + " ]; do :; done; echo on";
    assertThat(caisson.out("exec", id, "sh", "-c", goesOn)).isEqualTo("on");
    caisson.out("rm", "-f", id);
    caisson.out("rmi", "committed:still");
  }

  @Test
  void aPausedContainerGivesAndTakesFilesAndStandsStill() throws IOException {
    var ticks = "while true; do echo x >> /ticks; sleep 0.1; done";
    var id = caisson.out("run", "-d", TestImage.NAME, "sh", "-c", ticks);
    caisson.out("exec", id, "sh", "-c", "until [ -s /ticks ]; do :; done; rm /etc/group");
    caisson.out("pause", id);
    assertThat(caisson.out("diff", id).lines())
        .containsExactly("C /etc", "D /etc/group", "A /ticks");
    assertThat(exported(id)).contains("lrwxrwxrwx 0/0 bin/sh -> busybox");
    caisson.out("cp", id + ":/ticks", host.resolve("first").toString());
    caisson.out("cp", host.resolve("first").toString(), id + ":/dev/shm/copied");
    caisson.out("commit", id, "committed:paused");
    docker("cp", id + ":/ticks", host.resolve("last").toString());
    assertThat(host.resolve("last")).hasSameBinaryContentAs(host.resolve("first"));
    assertThat(caisson.out("inspect", "-f", "{{.State.Status}}", id)).isEqualTo("paused");
    assertThat(caisson.run("exec", id, "true").err()).contains("is paused");
    caisson.out("unpause", id);
    var before = Files.readAllLines(host.resolve("first")).size();
    assertThat(caisson.out("exec", id, "sh", "-c", "wc -l < /dev/shm/copied"))
        .isEqualTo(Integer.toString(before));
    var goesOn = "until [ $(wc -l < /ticks) -gt " + before + " ]; do :; done; echo on";
    assertThat(caisson.out("exec", id, "sh", "-c", goesOn)).isEqualTo("on");
    assertThat(caisson.out("run", "--rm", "committed:paused", "sh", "-c", "wc -l < /ticks"))
        .isEqualTo(Integer.toString(before));
    caisson.out("rm", "-f", id);
    caisson.out("rmi", "committed:paused");
  }

  @Test
  void whatWasExportedIsImportedAsAnImage() {
    var id = caisson.out("create", TestImage.NAME);
    var file = host.resolve("all.tar").toString();
    caisson.out("export", "--output=" + file, id);
    caisson.out("import", "-c", "ENV PATH=/bin", file, "exported:test");
    assertThat(caisson.out("run", "--rm", "exported:test", "cat", "/etc/group"))
        .contains("staff:x:50:worker");
    caisson.out("rmi", "exported:test");
    caisson.out("rm", id);
  }
}
