package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java service, by Debian's own Java, that its users compile elsewhere and bring along. */
final class JavaServiceTest {
  private static final String IMAGE = "debian:java";

  /** Counts in memory and in threads, and says what it runs on. */
  private static final String SERVICE =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetSocketAddress;
      import java.util.concurrent.Executors;
      import java.util.stream.LongStream;
      public class Service {
        public static void main(String[] arguments) throws Exception {
          var server = HttpServer.create(new InetSocketAddress(8080), 0);
          server.setExecutor(Executors.newFixedThreadPool(4));
          server.createContext("/", exchange -> {
            long sum = LongStream.rangeClosed(1, 1000).parallel().sum();
            var text = sum + " of Java " + Runtime.version().feature() + " in "
                + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB";
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes());
            exchange.close();
          });
          server.createContext("/crash", exchange -> Runtime.getRuntime().halt(3));
          server.start();
          System.out.println("serving");
        }
      }
      """;

  @TempDir private Path directory;

  private Path compiled() throws IOException {
    var source = Files.writeString(directory.resolve("Service.java"), SERVICE);
    var classes = Files.createDirectory(directory.resolve("classes"));
    var javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    Command.of(javac, "--release", "17", "-d", classes.toString(), source.toString()).run().ok();
    return classes;
  }

  @Test
  void itAnswersAtAPublishedPortAndEndsWhenItIsAskedTo() throws Exception {
    try (var daemon = Daemon.start()) {
      var caisson = daemon.cli();
      var services = new Services(daemon);
      DebianTree.importInto(caisson, IMAGE, "java", "openjdk-17-jre-headless");
      var id =
          caisson.out(
              "run",
              "-d",
              "-p",
              "8080:8080",
              "-m",
              "512m",
              "-v",
              compiled() + ":/srv:ro",
              "--restart",
              "on-failure",
              IMAGE,
              "java",
              "-Xmx64m",
              "-cp",
              "/srv",
              "Service");
      assertThat(services.await("127.0.0.1:8080")).matches("500500 of Java 17 in 6[0-9] MiB");
      assertThat(caisson.out("logs", id)).isEqualTo("serving");
      assertThat(caisson.out("exec", id, "java", "-version")).isEmpty();
      assertThat(services.get("127.0.0.1:8080/crash").code()).isNotZero();
      assertThat(services.await("127.0.0.1:8080")).startsWith("500500 of Java 17");
      caisson.out("stop", "-t", "30", id);
      assertThat(caisson.out("inspect", "-f", "{{.State.ExitCode}}", id)).isEqualTo("143");
      caisson.out("rm", id);
    }
  }
}
