package caisson.it;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What of an ordinary user's files containers get, and whose it is on both sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdinaryUserFilesTest {
  private final OrdinaryUser user;
  private final Cli caisson;

  OrdinaryUserFilesTest() {
    user = OrdinaryUser.create(true);
    caisson = user.cli();
  }

  @AfterAll
  void nothingIsLeft() {
    user.close();
  }

  /** A directory of the user's with a file in it. */
  private Path directory(String name) throws IOException {
    var directory = user.own(Files.createDirectory(user.home().resolve(name)));
    user.own(Files.writeString(directory.resolve("given"), "of the host\n"));
    return directory;
  }

  private int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS);
  }

  @Test
  void aDirectoryOfTheHostsIsReadAndWritten() throws IOException {
    var shared = directory("shared");
    var script =
        """
        cat /d/given; stat -c %u:%g /d /d/given
        echo new > /d/new; mkdir /d/sub; ln -s new /d/link; chmod 750 /d/new
        echo more >> /d/given; stat -c '%u:%g %a' /d/new
        chown 1000:1000 /d/new 2>&1 || true
        """;
    var seen = caisson.out("run", "--rm", "-v", shared + ":/d", TestImage.NAME, "sh", "-c", script);
    assertThat(seen.lines().limit(4)).containsExactly("of the host", "0:0", "0:0", "0:0 750");
    for (var name : new String[] {"new", "sub", "link", "given"}) {
      assertThat(owner(shared.resolve(name))).as(name).isEqualTo(user.uid());
    }
    assertThat(shared.resolve("new")).hasContent("new");
    assertThat(shared.resolve("given")).hasContent("of the host\nmore");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("new"))))
        .isEqualTo("rwxr-x---");
    assertThat(Files.readSymbolicLink(shared.resolve("link"))).hasToString("new");
  }

  @Test
  void whatIsReadOnlyOrAnothersStaysAsItIs() throws IOException {
    var shared = directory("only-read");
    var secret = Files.writeString(shared.resolve("secret"), "root's\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    var script = "echo x > /d/new; echo x >> /d/given; cat /d/given /d/secret";
    var readOnly =
        caisson.run("run", "--rm", "-v", shared + ":/d:ro", TestImage.NAME, "sh", "-c", script);
    assertThat(readOnly.out()).isEqualTo("of the host");
    assertThat(readOnly.err()).contains("Read-only file system", "/d/secret");
    var writable =
        caisson.run(
            "run", "--rm", "-v", shared + ":/d", TestImage.NAME, "sh", "-c", "echo x > /d/secret");
    assertThat(writable.code()).isNotZero();
    assertThat(secret).hasContent("root's");
    Files.delete(secret);
  }

  @Test
  void aNamedVolumeKeepsOwnersThatAreOnlyTheContainers() throws IOException {
    caisson.out("volume", "create", "kept");
    var write = "echo x > /v/f; chown 1000:50 /v/f; chmod 640 /v/f; mkfifo /v/p";
    caisson.out("run", "--rm", "-v", "kept:/v", TestImage.NAME, "sh", "-c", write);
    var read = "stat -c '%n %u:%g %a %F' /v/*; cat /v/f";
    assertThat(
            caisson.out("run", "--rm", "-v", "kept:/v", TestImage.NAME, "sh", "-c", read).lines())
        .containsExactly("/v/f 1000:50 640 regular file", "/v/p 0:0 644 fifo", "x");
    var files = Path.of(caisson.out("volume", "inspect", "-f", "{{.Mountpoint}}", "kept"));
    assertThat(owner(files.resolve("f"))).isEqualTo(user.uid());
    caisson.out("volume", "rm", "kept");
    assertThat(files).doesNotExist();
  }

  @Test
  void everythingGoesOnWhenTheDaemonWasKilled() throws Exception {
    var shared = directory("over");
    caisson.out("volume", "create", "-o", "type=disk", "-o", "size=64m", "beside");
    var script = "httpd -p 80 -h /d; i=0; while :; do echo $i; i=$((i+1)); sleep 0.1; done";
    var id =
        caisson.out(
            "run",
            "-d",
            "-v",
            shared + ":/d",
            "-v",
            "beside:/v",
            "-p",
            "9191:80",
            TestImage.NAME,
            "sh",
            "-c",
            script);
    caisson.out("exec", id, "sh", "-c", "echo one > /d/one; echo two > /v/two");
    user.endDaemon(ProcessHandle::destroyForcibly);
    user.own(Files.writeString(shared.resolve("later"), "page\n"));
    assertThat(caisson.out("exec", id, "cat", "/d/one", "/d/later", "/v/two"))
        .isEqualTo("one\npage\ntwo");
    assertThat(user.root("busybox", "wget", "-qO-", "http://127.0.0.1:9191/later").run().ok().out())
        .isEqualTo("page");
    var lines = caisson.out("logs", id).lines().toList();
    assertThat(lines).startsWith("0", "1");
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).isEqualTo(Integer.toString(i));
    }
    caisson.out("rm", "-f", id);
    caisson.out("volume", "rm", "beside");
    assertThat(caisson.out("system", "leaks")).isEmpty();
  }
}
