package caisson.api.docker.containers;

import caisson.api.docker.Moments;
import caisson.api.docker.OutputFormat;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.http.Query;
import caisson.engine.Containers;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code GET /containers/ID/logs}. */
final class ContainerLogs {
  /** RFC 3339 with always nine decimals, so that lines stay in columns. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z' ").withZone(ZoneOffset.UTC);

  private final Containers containers;

  ContainerLogs(Containers containers) {
    this.containers = containers;
  }

  void handle(Exchange exchange) throws IOException, InterruptedException {
    var id = containers.resolve(exchange.path("id"));
    var query = logQuery(exchange.query());
    boolean terminal = containers.inspect(id).request().spec().hasTerminal();
    var format = OutputFormat.of(terminal);
    try (var log = containers.logs(id, query);
        var out = exchange.stream(format.contentType(exchange.version()));
        var _ = exchange.watchHangup()) {
      copy(log, out, format, exchange.query().flag("timestamps"), query.follow());
    }
  }

  private static void copy(
      LogReader log, OutputStream out, OutputFormat format, boolean timestamps, boolean follow)
      throws IOException, InterruptedException {
    for (var next = log.next(); next.isPresent(); next = log.next()) {
      var entry = next.get();
      byte[] line = timestamps ? stamped(entry.time(), entry.bytes()) : entry.bytes();
      out.write(format.encode(entry.source(), line));
      if (follow) {
        out.flush();
      }
    }
  }

  private static byte[] stamped(Instant time, byte[] bytes) {
    var line = new ByteArrayOutputStream();
    line.writeBytes(TIMESTAMP.format(time).getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(bytes);
    return line.toByteArray();
  }

  static LogQuery logQuery(Query query) {
    boolean stdout = query.flag("stdout");
    boolean stderr = query.flag("stderr");
    if (!stdout && !stderr) {
      throw BadRequest.of("Bad parameters: you must choose at least one stream");
    }
    return new LogQuery(
        stdout,
        stderr,
        tail(query.text("tail").orElse("all")),
        moment(query, "since"),
        moment(query, "until"),
        query.flag("follow"));
  }

  /** Zero is what clients send that do not mean any. */
  private static Optional<Instant> moment(Query query, String name) {
    return query
        .text(name)
        .map(text -> Moments.parse(text, name))
        .filter(moment -> moment.isAfter(Instant.EPOCH));
  }

  /** As for dockerd, everything but a number that is not negative means all. */
  private static OptionalInt tail(String text) {
    try {
      int lines = Integer.parseInt(text);
      return lines < 0 ? OptionalInt.empty() : OptionalInt.of(lines);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
