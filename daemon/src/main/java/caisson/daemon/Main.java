package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.daemon.log.DaemonLog;
import caisson.registry.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The program {@code caissond}. */
public final class Main {
  /** The system property that names the directory of the installation. */
  private static final String INSTALLATION = "caisson.install";

  /** Some calls hold a virtual thread's carrier: with few CPUs, more carriers keep others going. */
  private static final int CARRIERS = 8;

  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    var words = List.of(arguments);
    if (words.contains("--help")) {
      System.out.println(Options.USAGE);
      return;
    }
    System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(CARRIERS));
    try {
      serve(Options.parse(words));
    } catch (CaissonException e) {
      System.err.println("caissond: " + e.text());
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void serve(Options options) throws InterruptedException {
    int uid = uid();
    var places = Places.of(options, System.getenv(), uid);
    var config =
        options.config().isPresent()
            ? ConfigFile.read(places.config())
            : ConfigFile.readIfPresent(places.config());
    Directories.own(places.root(), "rwx------", uid);
    Directories.own(places.run(), uid == 0 ? "rwxr-xr-x" : "rwx------", uid);
    log(options.log(), places);
    Thread.setDefaultUncaughtExceptionHandler(Main::logDeath);
    var registries = new Registries(RegistrySettings.config(places, config, System.getenv()));
    var daemon = Daemon.start(installation(), places, config, registries, uid);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> {
                  daemon.close();
                  // Without this, a daemon that ends as it was asked to would tell of a signal.
                  Runtime.getRuntime().halt(0);
                }));
    new CountDownLatch(1).await();
  }

  private static void log(Optional<String> choice, Places places) {
    if (choice.orElse("").equals("-")) {
      DaemonLog.toStandardError();
    } else {
      DaemonLog.toFile(choice.map(Path::of).orElse(places.root().resolve("caissond.log")));
    }
  }

  private static void logDeath(Thread thread, Throwable cause) {
    System.getLogger(Main.class.getName())
        .log(System.Logger.Level.ERROR, "thread " + thread.getName() + " died", cause);
  }

  private static Path installation() {
    return Optional.ofNullable(System.getProperty(INSTALLATION))
        .map(Path::of)
        .orElseThrow(() ->
            new CaissonException(
                ErrorCode.INVALID_ARGUMENT,
                "the system property "
                    + INSTALLATION
                    + " does not name an installation; start caissond with ./caisson"));
  }

  private static int uid() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.INTERNAL, "cannot tell whose process this is", e);
    }
  }
}
