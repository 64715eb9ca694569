package caisson.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A daemon with directories and a network namespace of its own: what its containers send reaches a
 * loopback interface and nothing else. Closing it removes its containers, and fails if anything is
 * left of them.
 */
final class Daemon implements AutoCloseable {
  /** What QEMU's command line has where its guest becomes a template. */
  private static final String TEMPLATE = "share=on";

  private static final String ROOT = "root";
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 30;

  private final Path directory;
  private final NetworkNamespace network;
  private final boolean ownsNetwork;
  private final List<String> options;
  private Path program = Installation.file("bin/caissond");
  private Process process;

  private Daemon(Path directory, List<String> options) {
    this(directory, NetworkNamespace.create(), true, options);
  }

  private Daemon(
      Path directory, NetworkNamespace network, boolean ownsNetwork, List<String> options) {
    this.directory = directory;
    this.network = network;
    this.ownsNetwork = ownsNetwork;
    this.options = options;
    this.process = launch();
  }

  /**
   * Starts a daemon, with further options, and waits until it serves. Unless its options say
   * otherwise it keeps no machines ready, so that all it has are containers'.
   */
  static Daemon start(String... options) {
    try {
      var directory = Files.createTempDirectory("cs");
      return options.length > 0
          ? new Daemon(directory, List.of(options))
          : configured(directory, "pool = 0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a daemon whose configuration holds these lines. */
  static Daemon startConfigured(String... lines) {
    try {
      return configured(Files.createTempDirectory("cs"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a daemon whose images, containers and volumes share a file system of this size; its
   * machines boot, so that no template takes room there.
   *
   * @param size as tmpfs has it
   */
  static Daemon startOnSmallDisk(String size) {
    try {
      var directory = Files.createTempDirectory("cs");
      var root = Files.createDirectory(directory.resolve(ROOT)).toString();
      Command.of("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + size, "tmpfs", root).run().ok();
      return configured(directory, "pool = 0", "clones = off");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Daemon configured(Path directory, String... lines) throws IOException {
    return new Daemon(directory, configuration(directory, lines));
  }

  private static List<String> configuration(Path directory, String... lines) throws IOException {
    var file = Files.write(directory.resolve("caisson.conf"), List.of(lines));
    return List.of("--config", file.toString());
  }

  /** Starts another daemon on the same host, with this configuration. */
  static Daemon startBeside(Daemon other, String... lines) {
    try {
      var directory = Files.createTempDirectory("cs");
      return new Daemon(directory, other.network, false, configuration(directory, lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() {
    var words = new ArrayList<>(List.of(program.toString()));
    words.addAll(List.of("--root", root().toString(), "--run", run().toString()));
    words.addAll(List.of("--socket", socket().toString()));
    words.addAll(options);
    var command = network.command(words.toArray(String[]::new)).words();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    try {
      var started = builder.start();
      awaitServing(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitServing(Process started) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (cli().run("version").code() != 0) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("the daemon does not serve: " + Files.readString(log()));
      }
    }
  }

  Path root() {
    return directory.resolve(ROOT);
  }

  Path run() {
    return directory.resolve("run");
  }

  Path socket() {
    return directory.resolve("s");
  }

  Path log() {
    return directory.resolve("log");
  }

  long pid() {
    return process.pid();
  }

  Cli cli() {
    return Cli.of(socket());
  }

  /** A program that is run in this daemon's network namespace, which outlives the daemon. */
  Command inNetwork(String... words) {
    return network.command(words);
  }

  /** Kills the daemon as {@code kill -9} does; its machines run on. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks the daemon to end; its machines run on. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the daemon has not ended in " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts a daemon on the same directories. */
  void startAgain() {
    process = launch();
  }

  /** Starts another build's daemon on the same directories. */
  void startAgain(Path otherInstallation) {
    program = otherInstallation.resolve("bin/caissond");
    startAgain();
  }

  /** Its containers' machines, and what carries their networks: both say whose they are. */
  List<String> machines() {
    return all().stream().filter(each -> !each.contains(TEMPLATE)).toList();
  }

  /** Waits until these are its machines: those that nobody needs any more go by themselves. */
  void awaitMachines(List<String> expected) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    while (!machines().equals(expected)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("machines: " + machines() + ", not " + expected);
      }
    }
  }

  private List<String> all() {
    return HostProcesses.naming("guest=" + run());
  }

  /** Waits until machines are clones; the first that is asked for makes the template. */
  void awaitTemplate() {
    var templates = root().resolve("cache/templates");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    cli().run("run", "--rm", TestImage.NAME, "true").ok();
    while (!all().stream().filter(each -> each.contains(TEMPLATE)).toList().isEmpty()
        || !Files.isDirectory(templates)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("there is no template in " + templates);
      }
    }
  }

  /** Waits until a machine boots that is to become a template. */
  void awaitMakingOfTemplate() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (all().stream().noneMatch(each -> each.contains(TEMPLATE))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no template is being made");
      }
    }
  }

  @Override
  public void close() {
    if (!process.isAlive()) {
      startAgain();
    }
    for (var id : cli().out("ps", "-aq", "--no-trunc").lines().toList()) {
      cli().run("rm", "-f", id).ok();
    }
    var leaks = cli().out("system", "leaks");
    stop();
    var left = all();
    if (ownsNetwork) {
      network.close();
    }
    delete();
    if (!leaks.isEmpty() || !left.isEmpty()) {
      throw new AssertionError("left behind: " + leaks + left);
    }
  }

  private void delete() {
    if (Command.of("mountpoint", "-q", root().toString()).run().code() == 0) {
      Command.of("umount", root().toString()).run().ok();
    }
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
