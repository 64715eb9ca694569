package caisson.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends requests and follows redirects; each server has a client with its own certificates. */
final class Transport implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;
  private static final int FIRST_REDIRECT = 301;
  private static final int LAST_REDIRECT = 308;
  private static final int NOT_MODIFIED = 304;

  private final RegistryConfig config;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("registry-", 0).factory());

  /** Guarded by this. */
  private final Map<String, HttpClient> clients = new HashMap<>();

  Transport(RegistryConfig config) {
    this.config = config;
  }

  /**
   * Sends a request, and those that the server redirects to. Never leads from TLS to plain HTTP.
   *
   * @throws IOException if no server answers in time
   */
  Answer send(Request request) throws IOException {
    var next = request;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      var answer = sendOnce(next);
      if (!isRedirect(answer)) {
        return answer;
      }
      try (answer) {
        next = next.redirected(target(answer));
      }
    }
    throw new UnacceptableException("it redirects more than " + MAX_REDIRECTS + " times");
  }

  private static boolean isRedirect(Answer answer) {
    int status = answer.status();
    return status >= FIRST_REDIRECT && status <= LAST_REDIRECT && status != NOT_MODIFIED;
  }

  private static URI target(Answer answer) throws IOException {
    var location = answer.header("Location").orElse("");
    try {
      var target = answer.uri().resolve(location);
      boolean secure = "https".equals(target.getScheme());
      boolean stillPlain = "http".equals(target.getScheme()) && isPlain(answer.uri());
      if (!location.isEmpty() && target.getHost() != null && (secure || stillPlain)) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // told below, like a URL of another kind
    }
    throw new UnacceptableException("it redirects to \"" + location + "\", which is not followed");
  }

  private static boolean isPlain(URI uri) {
    return "http".equals(uri.getScheme());
  }

  private Answer sendOnce(Request request) throws IOException {
    try {
      var response = client(request.uri()).send(message(request), body(request));
      return new Answer(request.uri(), response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a registry was asked");
    } catch (IllegalArgumentException e) {
      throw new IOException("it wants a request that cannot be made: " + e.getMessage(), e);
    }
  }

  private HttpRequest message(Request request) {
    var message =
        HttpRequest.newBuilder(request.uri())
            .timeout(config.timeouts().answer())
            .header("User-Agent", "caisson");
    request.headers().forEach(message::setHeader);
    request.form().ifPresent(form -> message.POST(BodyPublishers.ofString(form)));
    return message.build();
  }

  private BodyHandler<InputStream> body(Request request) {
    long progress = request.blob() ? Timeouts.PROGRESS : Long.MAX_VALUE;
    return _ -> new BodyStream(config.timeouts().stall(), progress);
  }

  private synchronized HttpClient client(URI uri) {
    return clients.computeIfAbsent(
        uri.getScheme() + "://" + uri.getAuthority(), _ -> newClient(uri));
  }

  /** Over HTTP/1.1, where a layer that is read slowly holds up no other layer. */
  private HttpClient newClient(URI uri) {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.timeouts().connect())
            .executor(threads);
    config.proxies().proxy(uri).ifPresent(proxy -> client.proxy(ProxySelector.of(proxy)));
    config.certificates().context(uri.getAuthority()).ifPresent(client::sslContext);
    return client.build();
  }

  /** Breaks off what is still under way. */
  @Override
  public synchronized void close() {
    clients.values().forEach(HttpClient::shutdownNow);
    clients.clear();
    threads.shutdownNow();
  }
}
