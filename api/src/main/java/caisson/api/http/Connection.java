package caisson.api.http;

import caisson.base.CaissonException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Serves the requests of one client connection, one after the other. */
final class Connection implements Runnable, AutoCloseable {
  private static final Logger LOG = System.getLogger(Connection.class.getName());

  private final SocketChannel channel;
  private final Router router;
  private final StandardHeaders headers;
  private final ErrorBody errors;
  private final Wire wire;
  private volatile boolean busy;
  private volatile boolean draining;

  Connection(SocketChannel channel, Router router, StandardHeaders headers, ErrorBody errors) {
    this.channel = channel;
    this.router = router;
    this.headers = headers;
    this.errors = errors;
    this.wire = new Wire(channel);
  }

  @Override
  public void run() {
    try {
      boolean next = true;
      while (next && !draining) {
        var request = wire.head();
        busy = true;
        next = request.isPresent() && serve(request.get());
        busy = false;
      }
    } catch (HttpException | MessageConstraintException e) {
      refuse(Objects.toString(e.getMessage(), "malformed HTTP request"));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection ended early", e);
    } finally {
      close();
    }
  }

  private boolean serve(ClassicHttpRequest request) throws IOException {
    var uri = request.getRequestUri();
    int question = uri.indexOf('?');
    var rawPath = question < 0 ? uri : uri.substring(0, question);
    try {
      var body = RequestBody.of(request, wire);
      var exchange = new Exchange(request, body, wire, headers);
      handle(exchange, rawPath, question < 0 ? "" : uri.substring(question + 1));
      return exchange.reusable();
    } catch (CaissonException e) {
      refuse(e.text());
      return false;
    }
  }

  private void handle(Exchange exchange, String rawPath, String rawQuery) throws IOException {
    try {
      var match = router.match(exchange.method(), rawPath);
      exchange.matched(match, Query.parse(rawQuery));
      match.handler().handle(exchange);
    } catch (CaissonException e) {
      exchange.answerError(ErrorMapping.status(e.code()), errors.of(ErrorMapping.message(e)));
    } catch (InvalidPathException e) {
      exchange.answerError(400, errors.of("no file can have this path: " + e.getReason()));
    } catch (InterruptedException e) {
      throw new IOException("the client went away", e);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "a request failed: " + rawPath, e);
      exchange.answerError(500, errors.of("internal error: " + e));
    }
  }

  /** Answers what is not even a request, after which nothing more can be understood. */
  private void refuse(String message) {
    try {
      var nothing = new BasicClassicHttpRequest("GET", "/");
      nothing.setHeader("Connection", "close");
      new Exchange(nothing, RequestBody.of(nothing, wire), wire, headers)
          .answerError(400, errors.of(message));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection ended early", e);
    }
  }

  /** Lets a request that is being served end, and no other begin. */
  void drain() {
    draining = true;
    if (!busy) {
      close();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a connection failed", e);
    }
  }
}
