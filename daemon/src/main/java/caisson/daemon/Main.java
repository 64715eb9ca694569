package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The program {@code caissond}. */
public final class Main {
  /** The system property that names the directory of the installation. */
  private static final String INSTALLATION = "caisson.install";

  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    try {
      var options = Options.parse(arguments);
      if (options.help()) {
        System.out.print(Options.usage());
        return;
      }
      serve(options);
    } catch (CaissonException e) {
      fail(e.text());
    } catch (IOException e) {
      fail(e.toString());
    }
  }

  private static void serve(Options options) throws IOException {
    int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    var places = Places.of(uid, System.getenv()).with(options);
    var daemon = Caissond.start(places, installation(), uid == 0);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(daemon::stop));
    System.err.println("caissond: serving " + places.socket());
    park();
  }

  private static Path installation() {
    var directory = System.getProperty(INSTALLATION);
    if (directory == null) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "the system property " + INSTALLATION + " does not name the installation");
    }
    return Path.of(directory);
  }

  /**
   * The threads that serve are virtual: this one keeps the JVM from ending, until a signal does.
   */
  private static void park() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fail(String reason) {
    System.err.println("caissond: " + reason);
    System.exit(FAILED);
  }
}
