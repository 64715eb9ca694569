package caisson.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** One request and its answer. */
public final class Exchange {
  /** The largest body read into memory. */
  private static final int BODY_LIMIT = 4 << 20;

  public static final String JSON = "application/json";

  private final ClassicHttpRequest request;
  private final RequestBody body;
  private final Wire wire;
  private final StandardHeaders headers;
  private final Map<String, String> ownHeaders = new LinkedHashMap<>();
  private Map<String, String> variables = Map.of();
  private ApiVersion version = ApiVersion.CURRENT;
  private Query query = Query.parse("");
  private boolean answered;
  private boolean lastOfConnection;
  private boolean hijacked;

  Exchange(ClassicHttpRequest request, RequestBody body, Wire wire, StandardHeaders headers) {
    this.request = request;
    this.body = body;
    this.wire = wire;
    this.headers = headers;
    this.lastOfConnection = !keepsAlive(request);
  }

  private static boolean keepsAlive(ClassicHttpRequest request) {
    var connection = request.getFirstHeader(HttpHeaders.CONNECTION);
    return !oldProtocol(request)
        && (connection == null || !connection.getValue().equalsIgnoreCase("close"));
  }

  private static boolean oldProtocol(ClassicHttpRequest request) {
    var version = request.getVersion();
    return version != null && version.lessEquals(HttpVersion.HTTP_1_0);
  }

  void matched(Router.Match match, Query parsed) {
    variables = match.variables();
    version = match.version();
    query = parsed;
  }

  String method() {
    return request.getMethod();
  }

  /** The decoded part of the path that the route's pattern calls {@code name}. */
  public String path(String name) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  public Query query() {
    return query;
  }

  /** A header of the request. */
  public Optional<String> requestHeader(String name) {
    return Optional.ofNullable(request.getFirstHeader(name)).map(Header::getValue);
  }

  /** The API version the path names, or the newest. */
  public ApiVersion version() {
    return version;
  }

  /** The body as a stream of any length. */
  public InputStream body() {
    return body;
  }

  /** The whole body, of at most 4 MiB. */
  public byte[] bodyBytes() throws IOException {
    byte[] bytes = body.readNBytes(BODY_LIMIT + 1);
    if (bytes.length > BODY_LIMIT) {
      throw BadRequest.of("the request's body is larger than " + BODY_LIMIT + " bytes");
    }
    return bytes;
  }

  /** Adds a header to the answer that is yet to come. */
  public Exchange header(String name, String value) {
    ownHeaders.put(name, value);
    return this;
  }

  /** Answers without a body. */
  public void answer(int status) throws IOException {
    answer(status, Optional.empty(), new byte[0]);
  }

  /** Answers with a body. */
  public void answer(int status, String contentType, byte[] content) throws IOException {
    answer(status, Optional.of(contentType), content);
  }

  /** Answers with {@code {"message":…}}, unless an answer is already on its way. */
  void answerError(int status, byte[] content) throws IOException {
    if (answered) {
      lastOfConnection = true;
    } else if (status == HttpURLConnection.HTTP_NOT_MODIFIED) {
      answer(status);
    } else {
      answer(status, JSON, content);
    }
  }

  private void answer(int status, Optional<String> contentType, byte[] content) throws IOException {
    var response = begin(status, contentType);
    if (status != HttpURLConnection.HTTP_NO_CONTENT
        && status != HttpURLConnection.HTTP_NOT_MODIFIED) {
      response.setHeader(HttpHeaders.CONTENT_LENGTH, content.length);
    }
    wire.write(response);
    if (!request.getMethod().equals("HEAD")) {
      wire.write(content);
    }
    wire.flush();
  }

  private BasicClassicHttpResponse begin(int status, Optional<String> contentType) {
    if (answered) {
      throw new IllegalStateException("this request has been answered already");
    }
    answered = true;
    var response = new BasicClassicHttpResponse(status);
    headers.addTo(response);
    ownHeaders.forEach(response::setHeader);
    contentType.ifPresent(it -> response.setHeader(HttpHeaders.CONTENT_TYPE, it));
    if (lastOfConnection) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    return response;
  }

  /**
   * Answers 200 with a body of unknown length. The headers are sent at once: clients wait for them
   * before they go on. What is written is buffered until flushed; close ends the body.
   */
  public OutputStream stream(String contentType) throws IOException {
    boolean closeDelimited = oldProtocol(request);
    var response = begin(HttpURLConnection.HTTP_OK, Optional.of(contentType));
    if (!closeDelimited) {
      response.setHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
    }
    wire.write(response);
    wire.flush();
    return closeDelimited ? wire.rawOutput() : wire.chunkedOutput();
  }

  /**
   * Leaves HTTP: 101 for a client that asks for an upgrade, otherwise 200 and a body that ends with
   * the connection. The request's body must have been read.
   */
  public Hijack hijack(String contentType) throws IOException {
    lastOfConnection = true;
    answered = true;
    hijacked = true;
    var upgrade = request.containsHeader(HttpHeaders.UPGRADE);
    var head = new ByteArrayOutputStream();
    head.writeBytes(
        (upgrade
                ? "HTTP/1.1 101 UPGRADED\r\nContent-Type: %s\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n")
            .formatted(contentType)
            .getBytes(StandardCharsets.US_ASCII));
    head.writeBytes((headers.text() + "\r\n").getBytes(StandardCharsets.US_ASCII));
    wire.rawOutput().write(head.toByteArray());
    return new Hijack(wire.rawInput(), wire.rawOutput());
  }

  /** Interrupts the calling thread when the client goes away before the watch is closed. */
  public HangupWatch watchHangup() {
    return wire.watch();
  }

  /**
   * Whether the connection can carry a further request. What is left of the body is read in any
   * case: closing with it unread resets the connection (RFC 9112, section 9.6), and the client
   * would lose its answer.
   */
  boolean reusable() throws IOException {
    boolean drained = !hijacked && body.drained();
    return answered && drained && !lastOfConnection;
  }
}
