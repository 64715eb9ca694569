package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An ordinary user, on a host of its own, who has loaded {@link TestImage}: the command line starts
 * the user's daemon where none answers. Closing it removes containers, daemon and user, and fails
 * if anything is left of them.
 */
final class OrdinaryUser implements AutoCloseable {
  private static final long STOP_SECONDS = 30;

  /** What stays in the runtime directory: it goes when its user logs out. */
  private static final Set<Path> STAYS =
      Set.of(
          Path.of(""),
          Path.of("caisson"),
          Path.of("caisson/bundles"),
          Path.of("caisson/caissond.pid"),
          Path.of("caisson/vms"),
          Path.of("caissond-start.lock"),
          Path.of("caissond-start.log"));

  private final Path directory;
  private final PrivateHost host;
  private final HostUser account;

  private OrdinaryUser(Path directory, PrivateHost host, HostUser account) {
    this.directory = directory;
    this.host = host;
    this.account = account;
  }

  /** Makes the user, with subordinate ids or without any. */
  static OrdinaryUser create(boolean subordinateIds) {
    try {
      var directory = Files.createTempDirectory("cu");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      var host = PrivateHost.create(Files.createDirectory(directory.resolve("pages")));
      var account = HostUser.add(directory.resolve("home"), subordinateIds);
      return new OrdinaryUser(directory, host, account).prepared();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OrdinaryUser prepared() throws IOException {
    try {
      makeDirectory(home());
      makeDirectory(runtime());
      makeDirectory(home().resolve(".config"));
      makeDirectory(home().resolve(".config/caisson"));
      // All machines that there are should be containers'.
      Files.writeString(home().resolve(".config/caisson/caisson.conf"), "pool = 0\n");
      TestImage.load(cli());
      return this;
    } catch (IOException | RuntimeException | Error e) {
      remove();
      throw e;
    }
  }

  private void makeDirectory(Path path) throws IOException {
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    own(path);
  }

  /** Makes a file the user's. */
  Path own(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", account.uid());
    Files.setAttribute(path, "unix:gid", account.gid());
    return path;
  }

  Path home() {
    return directory.resolve("home");
  }

  Path runtime() {
    return directory.resolve("run");
  }

  int uid() {
    return account.uid();
  }

  /** The command line, with an environment like that of a login. */
  Cli cli() {
    var words = new ArrayList<>(host.runs());
    words.addAll(account.runs());
    words.addAll(List.of("env", "-i", "HOME=" + home(), "XDG_RUNTIME_DIR=" + runtime()));
    words.add("PATH=/usr/local/bin:/usr/bin:/bin");
    words.add(Installation.file("bin/caisson").toString());
    return new Cli(words, Map.of());
  }

  /** What root does on the user's host. */
  Command root(String... command) {
    var words = new ArrayList<>(host.runs());
    words.addAll(List.of(command));
    return new Command(words, Map.of(), "");
  }

  /** Asks the daemon to end, or kills it; machines run on. */
  void endDaemon(Consumer<ProcessHandle> how) {
    try {
      var pid = Files.readString(home().resolve(".local/share/caisson/caissond.pid"));
      var daemon = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      how.accept(daemon);
      daemon.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The user's QEMUs and what carries their networks. */
  List<String> machines() {
    return HostProcesses.naming("guest=" + runtime());
  }

  @Override
  public void close() {
    var left = new ArrayList<String>();
    try {
      for (var id : cli().out("ps", "-aq", "--no-trunc").lines().toList()) {
        cli().run("rm", "-f", id).ok();
      }
      left.addAll(cli().out("system", "leaks").lines().toList());
      endDaemon(ProcessHandle::destroy);
    } finally {
      left.addAll(remove());
    }
    if (!left.isEmpty()) {
      throw new AssertionError("left behind: " + left);
    }
  }

  /** Removes the user with all processes and files, and answers what should not have been there. */
  private List<String> remove() {
    var left = new ArrayList<String>();
    for (var process : HostProcesses.of(uid())) {
      left.add(process.info().commandLine().orElse("process " + process.pid()));
      process.destroyForcibly();
      process.onExit().join();
    }
    host.close();
    account.close();
    left.addAll(delete());
    return left;
  }

  /** Removes all files, and answers those that the daemon should have removed. */
  private Set<String> delete() {
    var left = new TreeSet<String>();
    try (var paths = Files.walk(directory)) {
      for (var path : paths.toList().reversed()) {
        if (path.startsWith(runtime()) && !STAYS.contains(runtime().relativize(path))) {
          left.add(path.toString());
        }
        Files.delete(path);
      }
      return left;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
