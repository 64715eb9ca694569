package caisson.cli.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Where the daemon listens.
 *
 * @param socket a Unix-domain socket
 * @param chosen whether the user named it: then it is somebody's daemon, and none is started for it
 */
public record HostAddress(Path socket, boolean chosen) {
  /** The variable that names another socket. */
  public static final String VARIABLE = "CAISSON_HOST";

  private static final String SCHEME = "unix://";

  /**
   * What the user chose, or this user's own daemon.
   *
   * @param option the value of {@code --host}, empty if it was not given
   */
  public static HostAddress of(String option, Map<String, String> environment, IntSupplier uid) {
    var choice =
        Optional.of(option)
            .filter(it -> !it.isEmpty())
            .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
            .filter(it -> !it.isEmpty());
    return choice
        .map(it -> new HostAddress(parse(it), true))
        .orElseGet(() -> new HostAddress(own(environment, uid.getAsInt()), false));
  }

  private static Path parse(String text) {
    if (!text.startsWith(SCHEME) || text.length() == SCHEME.length()) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "unable to parse host \"" + text + "\": only unix:///path/of/a/socket is understood");
    }
    return Path.of(text.substring(SCHEME.length())).toAbsolutePath();
  }

  private static Path own(Map<String, String> environment, int uid) {
    if (uid == 0) {
      return Path.of("/run/caisson/caisson.sock");
    }
    // What is not absolute does not count (XDG Base Directory Specification).
    var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return runtime.startsWith("/")
        ? Path.of(runtime, "caisson.sock")
        : Path.of("/tmp/caisson-" + uid, "caisson.sock");
  }

  /** The directory that the socket is in. */
  Path directory() {
    var parent = socket.getParent();
    return parent == null ? Path.of("/") : parent;
  }

  /** A file that goes with a daemon that is started for the user; other programs' may be there. */
  Path beside(String name) {
    return directory().resolve("caissond-" + name);
  }

  @Override
  public String toString() {
    return SCHEME + socket;
  }
}
