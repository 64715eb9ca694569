package caisson.daemon;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a daemon has its things.
 *
 * @param root images and containers
 * @param run sockets of running machines; short paths, because sockets' are limited to 107 bytes
 * @param cache what was found out about the host
 * @param configuration is read if it exists
 */
record Places(Path root, Path run, Path cache, Path socket, Path configuration) {
  /** The places of root's daemon, or of a user's by the XDG base directories. */
  static Places of(long uid, Map<String, String> environment) {
    return uid == 0 ? ofRoot() : ofUser(uid, environment);
  }

  private static Places ofRoot() {
    var run = Path.of("/run/caisson");
    return new Places(
        Path.of("/var/lib/caisson"),
        run,
        Path.of("/var/cache/caisson"),
        run.resolve("caisson.sock"),
        Path.of("/etc/caisson/caisson.conf"));
  }

  private static Places ofUser(long uid, Map<String, String> environment) {
    var home = Path.of(environment.getOrDefault("HOME", "/"));
    var runtime = variable(environment, "XDG_RUNTIME_DIR");
    var own = runtime.orElse(Path.of("/tmp/caisson-" + uid));
    return new Places(
        variable(environment, "XDG_DATA_HOME")
            .orElse(home.resolve(".local/share"))
            .resolve("caisson"),
        runtime.map(it -> it.resolve("caisson")).orElse(own),
        variable(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve("caisson"),
        own.resolve("caisson.sock"),
        variable(environment, "XDG_CONFIG_HOME")
            .orElse(home.resolve(".config"))
            .resolve("caisson/caisson.conf"));
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(it -> !it.isEmpty()).map(Path::of);
  }

  /** These with what the command line says in their place. */
  Places with(Options options) {
    return new Places(
        options.root().orElse(root),
        options.run().orElse(run),
        options.root().map(it -> it.resolve("cache")).orElse(cache),
        options.socket().orElse(socket),
        options.configuration().orElse(configuration));
  }
}
