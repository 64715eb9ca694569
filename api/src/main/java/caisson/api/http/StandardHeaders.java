package caisson.api.http;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** The headers of every response; clients choose the API version by them. */
final class StandardHeaders {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Map<String, String> fixed;
  private final Clock clock;

  StandardHeaders(String server, Clock clock) {
    this.clock = clock;
    fixed =
        Map.of(
            "Api-Version",
            ApiVersion.CURRENT.toString(),
            "Docker-Experimental",
            "false",
            "Ostype",
            "linux",
            HttpHeaders.SERVER,
            server);
  }

  void addTo(HttpResponse response) {
    fixed.forEach(response::setHeader);
    response.setHeader(HttpHeaders.DATE, DATE.format(clock.instant()));
  }

  /** The same without the date, as header lines. */
  String text() {
    var text = new StringBuilder();
    fixed.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.toString();
  }
}
