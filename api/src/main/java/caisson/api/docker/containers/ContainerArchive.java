package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.PathStat;
import caisson.api.wire.WireJson;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.ContainerFiles;
import caisson.engine.Containers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** {@code /containers/ID/archive} and {@code export}: a container's files as tar archives. */
final class ContainerArchive {
  private static final String BYTES = "application/octet-stream";
  private static final String TAR = "application/x-tar";
  private static final String STATUS = "X-Docker-Container-Path-Stat";
  private static final int GZIP = 0x1f8b;

  private final Containers containers;

  ContainerArchive(Containers containers) {
    this.containers = containers;
  }

  void head(Exchange exchange) throws IOException {
    var path = path(exchange);
    try (var files = containers.files(id(exchange))) {
      exchange.header(STATUS, status(files, exchange, path)).answer(HttpURLConnection.HTTP_OK);
    }
  }

  void get(Exchange exchange) throws IOException {
    var id = id(exchange);
    var path = path(exchange);
    try (var files = containers.files(id)) {
      exchange.header(STATUS, status(files, exchange, path));
      containers.report(id, "archive-path", Map.of());
      var body = exchange.stream(TAR);
      files.read(path, name(path), body);
      body.close();
    }
  }

  void put(Exchange exchange) throws IOException {
    var id = id(exchange);
    var query = exchange.query();
    var path = path(exchange);
    var owner =
        query.flag("copyUIDGID")
            ? containers.inspect(id).request().spec().process().flatMap(it -> it.user().username())
            : Optional.<String>empty();
    try (var files = containers.files(id)) {
      files.write(path, query.flag("noOverwriteDirNonDir"), owner, unpacked(exchange.body()));
    } catch (CaissonException e) {
      throw missing(e, exchange, path);
    }
    containers.report(id, "extract-to-dir", Map.of());
    exchange.answer(HttpURLConnection.HTTP_OK);
  }

  void export(Exchange exchange) throws IOException {
    var id = id(exchange);
    try (var files = containers.files(id)) {
      containers.report(id, "export", Map.of());
      var body = exchange.stream(BYTES);
      files.readRoot(body);
      body.close();
    }
  }

  private ContainerId id(Exchange exchange) {
    return containers.resolve(exchange.path("id"));
  }

  private static String path(Exchange exchange) {
    var path = exchange.query().text("path").orElseThrow(() -> BadRequest.of("missing path"));
    return path.startsWith("/") ? path : "/" + path;
  }

  /** What stands behind the last slash; the root and what ends with a slash have a dot. */
  private static String name(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    var name = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    return name.isEmpty() || name.equals("..") ? "." : name;
  }

  private static String status(ContainerFiles files, Exchange exchange, String path) {
    try {
      var json = WireJson.write(stat(name(path), files.status(path)));
      return Base64.getEncoder().encodeToString(json);
    } catch (CaissonException e) {
      throw missing(e, exchange, path);
    }
  }

  private static PathStat stat(String name, ContainerFiles.PathStatus status) {
    return new PathStat(
        name, status.size(), GoFileMode.of(status.mode()), status.modified(), status.link());
  }

  private static CaissonException missing(CaissonException e, Exchange exchange, String path) {
    return e.code() == ErrorCode.NOT_FOUND && !e.text().startsWith("No such container")
        ? new CaissonException(
            ErrorCode.NOT_FOUND,
            "Could not find the file " + path + " in container " + exchange.path("id"),
            e)
        : e;
  }

  private static InputStream unpacked(InputStream body) throws IOException {
    var archive = new BufferedInputStream(body);
    archive.mark(2);
    int magic = archive.read() << 8 | archive.read();
    archive.reset();
    return magic == GZIP ? new GZIPInputStream(archive) : archive;
  }
}
