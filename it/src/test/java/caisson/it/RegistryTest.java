package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from a registry over TLS that knows one user, and runs of them. */
final class RegistryTest {
  private static final String IMAGE = DebianRegistry.NAME + "/team/bb:1";
  private static final String ZSTD = DebianRegistry.NAME + "/team/bb:zstd";

  @TempDir private static Path directory;
  @TempDir private Path home;

  private static Daemon daemon;
  private static DebianRegistry registry;

  @BeforeAll
  static void start() throws IOException {
    DebianRegistry.certify(directory);
    var config =
        Files.writeString(
            directory.resolve("caisson.conf"),
            "certificates = " + DebianRegistry.certificates(directory) + "\n");
    daemon = Daemon.start("--config", config.toString());
    registry = DebianRegistry.start(daemon, directory);
    var archive = Files.write(directory.resolve("image.tar"), TestImage.archive());
    registry.push(archive, "team/bb:1");
    registry.push(archive, "team/bb:zstd", "--format", "oci", "--dest-compress-format", "zstd");
  }

  @AfterAll
  static void stop() {
    registry.close();
    daemon.close();
  }

  private Cli caisson() {
    var cli = daemon.cli();
    var environment = new HashMap<>(cli.environment());
    environment.put("HOME", home.toString());
    return new Cli(cli.program(), environment);
  }

  private Command docker(String... words) {
    var all = new ArrayList<>(List.of("docker"));
    all.addAll(List.of(words));
    var environment = Map.of("DOCKER_HOST", "unix://" + daemon.socket(), "HOME", home.toString());
    return new Command(all, environment, "");
  }

  private void login() {
    var words =
        new String[] {"login", "-u", DebianRegistry.USER, "--password-stdin", DebianRegistry.NAME};
    assertThat(caisson().runReading(DebianRegistry.PASSWORD, words).ok().out())
        .isEqualTo("Login Succeeded");
  }

  @Test
  void whatIsMissingIsPulledForAUserWhomTheRegistryKnows() {
    var denied = caisson().run("run", "--rm", IMAGE, "echo", "hello");
    assertThat(denied.code()).isEqualTo(125);
    assertThat(denied.err()).contains("pull access denied for localhost:5000/team/bb");
    var wrong =
        caisson().runReading("wrong", "login", "-u", "me", "--password-stdin", DebianRegistry.NAME);
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).contains("unauthorized");
    login();
    var ran = caisson().run("run", "--rm", IMAGE, "echo", "hello").ok();
    assertThat(ran.out()).isEqualTo("hello");
    assertThat(ran.err())
        .startsWith("Unable to find image '" + IMAGE + "' locally\n1: Pulling from team/bb\n")
        .contains("Status: Downloaded newer image for " + IMAGE);
    assertThat(caisson().run("run", "--rm", "--pull", "always", IMAGE, "true").ok().err())
        .contains("Status: Image is up to date for " + IMAGE);
    caisson().out("logout", DebianRegistry.NAME);
    assertThat(caisson().run("pull", IMAGE).err()).contains("pull access denied");
    caisson().out("rmi", IMAGE);
  }

  @Test
  void aCredentialHelperKeepsTheAccount() throws IOException {
    var helper = Files.writeString(home.resolve("docker-credential-test"), helper());
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
    var config = Files.createDirectory(home.resolve(".docker")).resolve("config.json");
    Files.writeString(config, "{\"credsStore\":\"test\"}");
    var own = caisson();
    var environment = new HashMap<>(own.environment());
    environment.put("PATH", home + ":" + System.getenv("PATH"));
    var caisson = new Cli(own.program(), environment);
    var words = new String[] {"login", "-u", "me", "--password-stdin", DebianRegistry.NAME};
    var login = caisson.runReading("secret", words).ok();
    assertThat(login.err()).doesNotContain("unencrypted");
    assertThat(Files.readString(config)).doesNotContain("secret", "bWU6");
    assertThat(Files.readString(home.resolve("kept"))).contains("\"Secret\":\"secret\"");
    assertThat(caisson.out("pull", "-q", IMAGE)).isEqualTo(IMAGE);
    caisson.out("rmi", IMAGE);
    caisson.out("logout", DebianRegistry.NAME);
    assertThat(home.resolve("kept")).doesNotExist();
    assertThat(caisson.run("pull", IMAGE).err()).contains("pull access denied");
  }

  /** A helper that keeps one account in a file. */
  private String helper() {
    return """
    #!/bin/sh
    cd %s
    case $1 in
      store) cat >kept ;;
      get) cat >/dev/null; cat kept 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
      erase) rm -f kept ;;
    esac
    """
        .formatted(home);
  }

  @Test
  void layersInZstdRunToo() {
    login();
    assertThat(caisson().out("pull", "-q", ZSTD)).isEqualTo(ZSTD);
    assertThat(caisson().out("run", "--rm", "--pull", "never", ZSTD, "id", "-un"))
        .isEqualTo("root");
    caisson().out("rmi", ZSTD);
  }

  @Test
  void dockersClientPullsToo() {
    docker("login", "-u", "me", "--password-stdin", DebianRegistry.NAME)
        .reading("secret")
        .run()
        .ok();
    var pulled = docker("pull", IMAGE).run().ok().out();
    assertThat(pulled)
        .startsWith("1: Pulling from team/bb\n")
        .contains(": Pull complete\nDigest: sha256:", "Status: Downloaded newer image for ")
        .endsWith(IMAGE);
    var digest = pulled.replaceFirst("(?s).*Digest: ", "").replaceFirst("(?s)\n.*", "");
    docker("pull", DebianRegistry.NAME + "/team/bb@" + digest).run().ok();
    docker("rmi", IMAGE).run().ok();
    var missing = docker("pull", DebianRegistry.NAME + "/team/bb:none").run();
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err())
        .contains("manifest for localhost:5000/team/bb:none not found: manifest unknown");
  }

  @Test
  void aRegistryThatCannotBeReachedIsNamedWithTheReason() {
    assertThat(caisson().run("pull", "localhost:5001/a").err())
        .contains("Get \"http://localhost:5001/v2/a/manifests/latest\"", "connection refused");
    assertThat(caisson().run("pull", "nowhere.invalid/a").err())
        .contains("no such host as nowhere.invalid");
    assertThat(caisson().run("pull", "127.0.0.1:5000/a").err()).contains("status 400");
    assertThat(caisson().run("pull", "bb@sha256:12").code()).isEqualTo(1);
    assertThat(caisson().run("pull", "Bad/Name").err()).contains("invalid reference format");
  }
}
