package caisson.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server on a socket in a directory of its own. */
public final class TestServer implements AutoCloseable {
  private final Path directory;
  private final HttpServer server;

  public TestServer(Router router) {
    this(router, message -> ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  public TestServer(Router router, ErrorBody errors) {
    try {
      directory = Files.createTempDirectory("api");
      var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(socket()), 1024);
      server = HttpServer.start(listener, router, "Test", errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path socket() {
    return directory.resolve("api.sock");
  }

  public HttpServer http() {
    return server;
  }

  public RawClient connect() {
    return RawClient.connect(socket());
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
