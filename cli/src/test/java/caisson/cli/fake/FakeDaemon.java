package caisson.cli.fake;

import caisson.api.http.Exchange;
import caisson.api.http.Handler;
import caisson.api.http.HttpServer;
import caisson.api.http.Router;
import caisson.api.wire.ErrorMessage;
import caisson.api.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A daemon that answers what a test has it answer, and remembers what it was asked. */
public final class FakeDaemon implements AutoCloseable {
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Router router = new Router();
  private final Path directory;
  private final HttpServer server;

  public FakeDaemon() {
    try {
      directory = Files.createTempDirectory("cli");
      var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(socket()));
      server =
          HttpServer.start(
              listener, router, "Fake", message -> WireJson.write(new ErrorMessage(message)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path socket() {
    return directory.resolve("s");
  }

  /** Has requests answered by {@code handler}. */
  public FakeDaemon on(String method, String path, Handler handler) {
    router.on(
        method,
        path,
        exchange -> {
          requests.add(method + " " + path);
          handler.handle(exchange);
        });
    return this;
  }

  /** Has requests answered by a document. */
  public FakeDaemon on(String method, String path, int status, String json) {
    return on(method, path, exchange -> answer(exchange, status, json));
  }

  /** Answers with a document. */
  public static void answer(Exchange exchange, int status, String json) throws IOException {
    exchange.answer(status, Exchange.JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers that it will not. */
  public static void refuse(Exchange exchange, int status, String message) throws IOException {
    exchange.answer(status, Exchange.JSON, WireJson.write(new ErrorMessage(message)));
  }

  /** Every request so far: a method and a route's pattern. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.close();
    try {
      Files.deleteIfExists(socket());
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
