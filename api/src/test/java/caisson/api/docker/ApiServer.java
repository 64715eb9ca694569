package caisson.api.docker;

import caisson.api.DockerApi;
import caisson.api.http.RawClient;
import caisson.api.http.TestServer;
import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.registry.Credentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The API over fakes. */
public final class ApiServer implements AutoCloseable {
  public static final Host HOST =
      new Host(
          "the-id",
          "the-host",
          "0.1.0",
          "6.1.0-host",
          "Debian GNU/Linux 12 (bookworm)",
          "x86_64",
          2,
          ByteSize.ofGib(4),
          Path.of("/var/lib/caisson"));

  public final FakeEngine engine = new FakeEngine();
  public final FakeImages images = new FakeImages();
  private final TestServer server =
      new TestServer(
          DockerApi.router(engine, images, ApiServer::login, HOST, ByteSize.ofGib(10)),
          DockerApi.ERRORS);

  private static void login(String domain, Credentials credentials) {
    if (!credentials.equals(new Credentials.Password("me", "right"))) {
      throw new CaissonException(ErrorCode.UNAUTHORIZED, domain + ": unauthorized");
    }
  }

  public RawClient connect() {
    return server.connect();
  }

  /** Sends one request and answers the whole response, head and body, without CRs. */
  public String request(String method, String path, String body) {
    try (var client = connect()) {
      client.send(
          "%s %s HTTP/1.1\nConnection: close\nContent-Length: %d\n\n"
              .formatted(method, path, body.getBytes(StandardCharsets.UTF_8).length));
      client.sendRaw(body.getBytes(StandardCharsets.UTF_8));
      return client.readAll().replace("\r", "");
    }
  }

  public String get(String path) {
    return request("GET", path, "");
  }

  public String post(String path) {
    return request("POST", path, "");
  }

  @Override
  public void close() {
    server.close();
  }
}
