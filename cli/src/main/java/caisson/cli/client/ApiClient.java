package caisson.cli.client;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * The daemon's API. Every request has a connection of its own, which costs microseconds on a Unix
 * socket; paths bear no version, because both sides are installed together.
 */
public final class ApiClient {
  private static final String JSON = "application/json";
  private static final String TAR = "application/x-tar";
  private static final int FIRST_ERROR = 400;
  private static final int NOT_FOUND = 404;
  private static final int UPGRADED = 101;

  private final Dialer dialer;

  public ApiClient(Dialer dialer) {
    this.dialer = dialer;
  }

  /** Gets a document. */
  public Json get(Target target) {
    return document("GET", target, Optional.empty());
  }

  /** Posts nothing but the target, and answers what the daemon answers, null for nothing. */
  public Json post(Target target) {
    return document("POST", target, Optional.empty());
  }

  public Json post(Target target, Json body) {
    return document("POST", target, Optional.of(body));
  }

  public Json delete(Target target) {
    return document("DELETE", target, Optional.empty());
  }

  private Json document(String method, Target target, Optional<Json> body) {
    try (var response = open(method, target, body)) {
      return JsonText.read(response.bytes());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * Sends a request and waits for the head of its answer; the caller reads and closes it.
   *
   * @throws CaissonException with the daemon's words if it refuses
   */
  public Response open(String method, Target target, Optional<Json> body) {
    return open(method, target, body, Map.of());
  }

  /** The same with headers of one's own. */
  public Response open(
      String method, Target target, Optional<Json> body, Map<String, String> headers) {
    var connection = new Connection(dialer.dial());
    try {
      var request = request(method, target);
      headers.forEach(request::setHeader);
      send(connection, request, body);
      return answer(connection);
    } catch (IOException e) {
      connection.close();
      throw lost(e);
    }
  }

  /**
   * Asks for the headers of an answer; empty if there is nothing of the kind.
   *
   * @throws CaissonException if the daemon refuses, without its words: such an answer has none
   */
  public Optional<Response> head(Target target) {
    var connection = new Connection(dialer.dial());
    try (connection) {
      connection.write(request("HEAD", target));
      connection.flush();
      var head = connection.head();
      if (head.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      if (head.getCode() >= FIRST_ERROR) {
        throw Refusal.ofStatus(head);
      }
      return Optional.of(new Response(connection, head, InputStream.nullInputStream()));
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Posts an archive of whatever length and opens the answer, which may begin before its end. */
  public Response upload(Target target, InputStream archive) {
    return upload("POST", target, archive);
  }

  /** Puts an archive of whatever length. */
  public Response put(Target target, InputStream archive) {
    return upload("PUT", target, archive);
  }

  private Response upload(String method, Target target, InputStream archive) {
    var connection = new Connection(dialer.dial());
    try {
      var request = request(method, target);
      request.setHeader("Content-Type", TAR);
      request.setHeader("Transfer-Encoding", "chunked");
      connection.write(request);
      connection.flush();
      Thread.ofPlatform().daemon().name("upload").start(() -> copy(archive, connection));
      return answer(connection);
    } catch (IOException e) {
      connection.close();
      throw lost(e);
    }
  }

  private static void copy(InputStream archive, Connection connection) {
    try {
      var body = connection.chunkedBody();
      archive.transferTo(body);
      body.close();
    } catch (IOException e) {
      // The archive cannot be read or the daemon wants no more of it: the answer tells.
      connection.endOutput();
    }
  }

  /** Posts a request whose connection becomes a process's streams. */
  public Hijacked hijack(Target target, Optional<Json> body) {
    var connection = new Connection(dialer.dial());
    try {
      var request = request("POST", target);
      request.setHeader("Connection", "Upgrade");
      request.setHeader("Upgrade", "tcp");
      send(connection, request, body);
      var head = connection.head();
      if (head.getCode() != UPGRADED) {
        throw Refusal.of(head, connection);
      }
      return new Hijacked(connection);
    } catch (IOException e) {
      connection.close();
      throw lost(e);
    } catch (CaissonException e) {
      connection.close();
      throw e;
    }
  }

  private static BasicClassicHttpRequest request(String method, Target target) {
    var request = new BasicClassicHttpRequest(method, target.toString());
    request.setHeader("Host", "caisson");
    request.setHeader("User-Agent", "caisson-cli");
    request.setHeader("Connection", "close");
    return request;
  }

  private static void send(
      Connection connection, BasicClassicHttpRequest request, Optional<Json> body)
      throws IOException {
    byte[] bytes =
        body.map(it -> JsonText.write(it).getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
    body.ifPresent(_ -> request.setHeader("Content-Type", JSON));
    if (!request.getMethod().equals("GET")) {
      request.setHeader("Content-Length", bytes.length);
    }
    connection.write(request);
    connection.write(bytes);
    connection.flush();
  }

  private static Response answer(Connection connection) throws IOException {
    var head = connection.head();
    if (head.getCode() >= FIRST_ERROR) {
      try (connection) {
        throw Refusal.of(head, connection);
      }
    }
    return new Response(connection, head, connection.body(head));
  }

  /** What to throw when the connection breaks. */
  public static CaissonException lost(IOException e) {
    return new CaissonException(
        ErrorCode.UNAVAILABLE,
        "lost the connection to the daemon (%s); running containers go on without it"
            .formatted(Objects.toString(e.getMessage(), "closed")),
        e);
  }
}
