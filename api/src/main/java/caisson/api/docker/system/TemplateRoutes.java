package caisson.api.docker.system;

import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.http.Router;
import caisson.api.wire.CreatedTemplate;
import caisson.api.wire.TemplateSummary;
import caisson.base.ByteSize;
import caisson.engine.Template;
import caisson.engine.Templates;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Instant;

/** Templates of machines, of which Docker knows nothing. */
record TemplateRoutes(Templates templates) {
  void addTo(Router router) {
    router
        .on("GET", "/system/templates", this::list)
        .on("POST", "/system/templates", this::make)
        .on("DELETE", "/system/templates/{name}", this::remove);
  }

  private void list(Exchange exchange) throws IOException {
    var all = templates.list().stream().map(TemplateRoutes::summary).toList();
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, all);
  }

  /** {@code memory} is the limit, in bytes, of the containers that it is for. */
  private void make(Exchange exchange) throws IOException {
    var limit = exchange.query().text("memory").map(ByteSize::parse);
    var made = new CreatedTemplate(templates.make(limit));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_CREATED, made);
  }

  private void remove(Exchange exchange) throws IOException {
    templates.remove(exchange.path("name"));
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  private static TemplateSummary summary(Template of) {
    return new TemplateSummary(
        of.name(),
        of.key(),
        of.memory().bytes(),
        of.cpus(),
        of.size().bytes(),
        of.made().map(Instant::getEpochSecond).orElse(0L),
        of.clones());
  }
}
