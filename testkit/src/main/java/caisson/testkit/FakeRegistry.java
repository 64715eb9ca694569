package caisson.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A registry on this host's loopback, in plain HTTP. It answers what it is told to, byte by byte:
 * honest replies are made by its methods, others by hand. Every connection has one request.
 */
public final class FakeRegistry implements AutoCloseable {
  private final ServerSocket listener;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * A request.
   *
   * @param target the path and the query
   * @param headers by their names in lower case
   */
  public record Call(String method, String target, Map<String, String> headers, String body) {
    public String path() {
      return target.replaceFirst("\\?.*", "");
    }

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** Answers a request; the connection is closed when it returns. */
  @FunctionalInterface
  public interface Reply {
    void send(Call call, OutputStream out) throws IOException;
  }

  public FakeRegistry() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fake-registry").start(this::accept);
  }

  /** Its host and port. */
  public String name() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Everything that it has been asked. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What it has been asked about {@code path}. */
  public List<Call> calls(String path) {
    return calls.stream().filter(call -> call.path().equals(path)).toList();
  }

  /** Has requests for {@code path} answered so from now on. */
  public FakeRegistry on(String path, Reply reply) {
    replies.put(path, reply);
    return this;
  }

  /** What requests for {@code path} are answered with now. */
  public Reply reply(String path) {
    return replies.getOrDefault(path, status(404, ""));
  }

  /** A reply with a body. */
  public static Reply ok(String contentType, byte[] body) {
    return (_, out) -> {
      head(out, 200, "Content-Type: " + contentType, "Content-Length: " + body.length);
      out.write(body);
    };
  }

  /** A reply with a JSON body. */
  public static Reply status(int status, String json, String... headers) {
    return (_, out) -> {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      var all = new ArrayList<>(List.of(headers));
      all.add("Content-Type: application/json");
      all.add("Content-Length: " + body.length);
      head(out, status, all.toArray(String[]::new));
      out.write(body);
    };
  }

  /** A reply with a blob, or with the part of it that is asked for. */
  public static Reply blob(byte[] content) {
    return (call, out) -> {
      var range = call.header("Range");
      int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      int last = content.length - 1;
      head(
          out,
          range.isEmpty() ? 200 : 206,
          "Content-Length: " + (content.length - from),
          "Content-Range: bytes " + from + "-" + last + "/" + content.length);
      out.write(content, from, content.length - from);
    };
  }

  /** Writes the beginning of an answer. */
  public static void head(OutputStream out, int status, String... headers) throws IOException {
    var lines = new StringBuilder("HTTP/1.1 " + status + " Fake\r\nConnection: close\r\n");
    for (var header : headers) {
      lines.append(header).append("\r\n");
    }
    out.write(lines.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Serves a blob and returns its descriptor.
   *
   * @param more further fields of the descriptor, each with a comma before it
   */
  public String addBlob(String repository, String mediaType, byte[] content, String more) {
    on(blobPath(repository, content), blob(content));
    return OciArchive.descriptor(mediaType, ImageArchives.digest(content), content.length, more);
  }

  /** Where a blob is served. */
  public static String blobPath(String repository, byte[] content) {
    return "/v2/" + repository + "/blobs/" + ImageArchives.digest(content);
  }

  /**
   * Serves a manifest under its digest and a tag, and returns its descriptor.
   *
   * @param more further fields of the descriptor, each with a comma before it
   */
  public String addManifest(
      String repository, String tag, String mediaType, String json, String more) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    var digest = ImageArchives.digest(bytes);
    on("/v2/" + repository + "/manifests/" + tag, ok(mediaType, bytes));
    on("/v2/" + repository + "/manifests/" + digest, ok(mediaType, bytes));
    return OciArchive.descriptor(mediaType, digest, bytes.length, more);
  }

  /**
   * Serves an image and returns its manifest's descriptor.
   *
   * @param layers as they are transferred
   * @param archives the same layers, uncompressed
   */
  public String addImage(
      String repository, String tag, List<byte[]> layers, List<byte[]> archives) {
    var descriptors = new ArrayList<String>();
    for (var layer : layers) {
      descriptors.add(addBlob(repository, OciArchive.LAYER + "+gzip", layer, ""));
    }
    byte[] config = ImageArchives.config(archives, "{}").getBytes(StandardCharsets.UTF_8);
    var manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                OciArchive.MANIFEST,
                addBlob(repository, OciArchive.CONFIG, config, ""),
                String.join(",", descriptors));
    return addManifest(repository, tag, OciArchive.MANIFEST, manifest, "");
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().name("fake-registry-connection").start(() -> serve(socket));
      } catch (IOException e) {
        // It is closed.
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var call = read(new BufferedInputStream(socket.getInputStream()));
      calls.add(call);
      var out = socket.getOutputStream();
      replies.getOrDefault(call.path(), status(404, "")).send(call, out);
      out.flush();
      socket.shutdownOutput();
    } catch (IOException e) {
      // The client has gone away, as it may.
    } finally {
      open.remove(socket);
    }
  }

  private static Call read(InputStream in) throws IOException {
    var first = line(in).split(" ", 3);
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Call(first[0], first.length > 1 ? first[1] : "", headers, body);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    int next = in.read();
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    if (next < 0) {
      throw new IOException("the client has gone away");
    }
    return line.toString();
  }

  /** Closes all connections, those whose reply is still under way too. */
  @Override
  public void close() {
    try {
      listener.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
