package caisson.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the daemon keeps and finds things.
 *
 * @param run for what does not survive the host
 * @param config the configuration file, which may be missing
 */
record Places(Path root, Path run, List<Path> sockets, Path config) {
  private static final String NAME = "caisson";
  private static final String SOCKET = "caisson.sock";

  /** The places of this user's daemon, with what the command line changes. */
  static Places of(Options options, Map<String, String> environment, int uid) {
    var usual = uid == 0 ? ofRoot() : ofUser(environment, uid);
    return new Places(
        options.root().orElse(usual.root()),
        options.run().orElse(usual.run()),
        options.sockets().isEmpty() ? usual.sockets() : options.sockets(),
        options.config().orElse(usual.config()));
  }

  private static Places ofRoot() {
    var run = Path.of("/run", NAME);
    return new Places(
        Path.of("/var/lib", NAME),
        run,
        List.of(run.resolve(SOCKET)),
        Path.of("/etc", NAME, "caisson.conf"));
  }

  private static Places ofUser(Map<String, String> environment, int uid) {
    var home = Path.of(environment.getOrDefault("HOME", "/"));
    var data = variable(environment, "XDG_DATA_HOME").orElse(home.resolve(".local/share"));
    var config = variable(environment, "XDG_CONFIG_HOME").orElse(home.resolve(".config"));
    var runtime = variable(environment, "XDG_RUNTIME_DIR");
    var fallback = Path.of("/tmp", NAME + "-" + uid);
    return new Places(
        data.resolve(NAME),
        runtime.map(directory -> directory.resolve(NAME)).orElse(fallback),
        List.of(runtime.orElse(fallback).resolve(SOCKET)),
        config.resolve(NAME).resolve("caisson.conf"));
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> value.startsWith("/"))
        .map(Path::of);
  }
}
