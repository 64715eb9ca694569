package caisson.api.docker.containers;

import static caisson.api.docker.containers.ProcessColumn.*;

import caisson.api.docker.JsonAnswer;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.Top;
import caisson.engine.Containers;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** {@code GET /containers/ID/top}: the guest's processes in the columns that ps(1) would show. */
final class ContainerTop {
  private static final List<ProcessColumn> FULL = List.of(UID, PID, PPID, C, STIME, TTY, TIME, CMD);
  private static final List<ProcessColumn> BSD =
      List.of(USER, PID, CPU, VSZ, RSS, TTY, STAT, START, BSD_TIME, COMMAND);
  private static final List<ProcessColumn> SHORT = List.of(PID, TTY, TIME, CMD);

  private final Containers containers;
  private final Clock clock;

  ContainerTop(Containers containers, Clock clock) {
    this.containers = containers;
    this.clock = clock;
  }

  void handle(Exchange exchange) throws IOException {
    var columns = columns(exchange.query().text("ps_args").orElse("-ef"));
    var id = containers.resolve(exchange.path("id"));
    var now = clock.instant();
    var rows =
        containers.tasks(id).stream()
            .map(task -> columns.stream().map(column -> column.of(task, now)).toList())
            .toList();
    var titles = columns.stream().map(ProcessColumn::title).toList();
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, new Top(titles, rows));
  }

  /** The columns that ps(1) shows with these options; which processes is the container's matter. */
  static List<ProcessColumn> columns(String options) {
    var words = List.of(options.strip().split("[\\s]+"));
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      int format = word.startsWith("--") ? -1 : word.lastIndexOf('o');
      if (format >= 0 && word.matches("-?[a-zA-Z]*o")) {
        return chosen(i + 1 < words.size() ? words.get(i + 1) : "");
      }
      if (word.matches("-?o.+")) {
        return chosen(word.substring(format(word)));
      }
    }
    return standard(words.getFirst());
  }

  private static int format(String word) {
    return word.indexOf('o') + 1;
  }

  private static List<ProcessColumn> chosen(String names) {
    return Arrays.stream(names.split(","))
        .map(name -> name.replaceFirst("=.*", ""))
        .map(ProcessColumn::named)
        .toList();
  }

  private static List<ProcessColumn> standard(String word) {
    if (!word.matches("-?[a-zA-Z]*")) {
      throw BadRequest.of("ps: error: unsupported option \"" + word + "\"");
    }
    if (!word.startsWith("-") && word.contains("u")) {
      return BSD;
    }
    return word.contains("f") ? FULL : SHORT;
  }
}
