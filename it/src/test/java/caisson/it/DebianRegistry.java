package caisson.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Debian's docker-registry in a daemon's network namespace, over TLS, with a certificate that only
 * {@link #certificates} vouch for, and for one user only.
 */
final class DebianRegistry implements AutoCloseable {
  static final String NAME = "localhost:5000";
  static final String USER = "me";
  static final String PASSWORD = "secret";

  /** bcrypt of the password, as cheap as it gets. */
  private static final String HASH = "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

  private final Daemon daemon;
  private final Path directory;
  private final Process process;

  private DebianRegistry(Daemon daemon, Path directory, Process process) {
    this.daemon = daemon;
    this.directory = directory;
    this.process = process;
  }

  /** A directory like Docker's certs.d with the authority that has signed the registry. */
  static Path certificates(Path directory) {
    return directory.resolve("certs.d");
  }

  /** Makes a key and a certificate that vouches for itself. */
  static void certify(Path directory) throws IOException {
    var own = Files.createDirectories(certificates(directory).resolve(NAME));
    Command.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            directory.resolve("server.key").toString(),
            "-out",
            directory.resolve("server.crt").toString())
        .run()
        .ok();
    Files.copy(directory.resolve("server.crt"), own.resolve("ca.crt"));
  }

  /** Starts one, with what {@link #certify} has made in {@code directory}. */
  static DebianRegistry start(Daemon daemon, Path directory) throws IOException {
    Files.writeString(directory.resolve("users"), USER + ":" + HASH + "\n");
    var config = Files.writeString(directory.resolve("config.yml"), config(directory));
    var log = ProcessBuilder.Redirect.to(directory.resolve("log").toFile());
    var command = daemon.inNetwork("docker-registry", "serve", config.toString());
    var process =
        new ProcessBuilder(command.words()).redirectErrorStream(true).redirectOutput(log).start();
    var registry = new DebianRegistry(daemon, directory, process);
    registry.awaitServing();
    return registry;
  }

  private static String config(Path directory) {
    return """
    version: 0.1
    storage: {filesystem: {rootdirectory: %1$s/data}}
    auth: {htpasswd: {realm: test, path: %1$s/users}}
    http: {addr: '%2$s', tls: {certificate: %1$s/server.crt, key: %1$s/server.key}}
    """
        .formatted(directory, NAME);
  }

  private void awaitServing() throws IOException {
    var probe = daemon.inNetwork("busybox", "nc", "127.0.0.1", "5000");
    while (probe.run().code() != 0) {
      if (!process.isAlive()) {
        throw new AssertionError(
            "the registry does not serve: " + Files.readString(directory.resolve("log")));
      }
    }
  }

  /** Pushes a docker-archive with skopeo. */
  void push(Path archive, String name, String... options) {
    var words = new ArrayList<>(List.of("skopeo", "copy", "--insecure-policy"));
    words.addAll(List.of("--dest-cert-dir", certificates(directory).resolve(NAME).toString()));
    words.addAll(List.of("--dest-creds", USER + ":" + PASSWORD));
    words.addAll(List.of(options));
    words.addAll(List.of("docker-archive:" + archive, "docker://" + NAME + "/" + name));
    daemon.inNetwork(words.toArray(String[]::new)).run().ok();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
