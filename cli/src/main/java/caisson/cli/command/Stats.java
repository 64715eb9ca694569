package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.Target;
import caisson.cli.flag.Arity;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import caisson.cli.flag.Usage;
import caisson.cli.json.Json;
import caisson.cli.output.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code stats}: what containers use, once or again and again. */
public final class Stats implements Command {
  private static final Flag<Boolean> ALL =
      Flag.toggle("a", "all", "Show all containers (default shows just running)");
  private static final Flag<String> FORMAT =
      Flag.text("", "format", "Format output using a template of {{.Field}}s");
  private static final Flag<Boolean> NO_STREAM =
      Flag.toggle("", "no-stream", "Disable streaming stats and only pull the first result");
  private static final Flag<Boolean> NO_TRUNC =
      Flag.toggle("", "no-trunc", "Do not truncate output");

  /** ED and CUP of ECMA-48: an empty screen, written from its beginning. */
  private static final String CLEAR = "\033[2J\033[H";

  private static final String STANDARD =
      "table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}";
  private static final Map<String, String> HEADINGS =
      Map.of(
          "ID", "CONTAINER ID",
          "CPUPerc", "CPU %",
          "MemUsage", "MEM USAGE / LIMIT",
          "MemPerc", "MEM %",
          "NetIO", "NET I/O",
          "BlockIO", "BLOCK I/O");

  @Override
  public Usage usage() {
    return Usage.of(
        "[OPTIONS] [CONTAINER...]",
        "Display a live stream of container(s) resource usage statistics",
        Arity.atLeast(0),
        ALL,
        FORMAT,
        NO_STREAM,
        NO_TRUNC);
  }

  @Override
  public int run(Session session, Invocation call) {
    show(session, call, "");
    var clear = session.console().screen().shows() ? CLEAR : "";
    while (!call.get(NO_STREAM)) {
      show(session, call, clear);
    }
    return OK;
  }

  /** Each round takes the second that lies between the two readings of a sample. */
  private static void show(Session session, Invocation call, String before) {
    var names = call.arguments().isEmpty() ? listed(session, call) : call.arguments();
    var rows =
        samples(session, names, !call.arguments().isEmpty()).stream()
            .map(it -> new StatsRow(it, !call.get(NO_TRUNC)).fields())
            .toList();
    var format = call.get(FORMAT).isEmpty() ? STANDARD : call.get(FORMAT);
    var lines = new Listing(HEADINGS).lines(format, rows);
    session.console().print(before + String.join("\n", lines));
  }

  private static List<String> listed(Session session, Invocation call) {
    var target = Target.of("containers", "json").with("all", call.get(ALL));
    return session.api().get(target).values().stream().map(it -> it.at("Id").text()).toList();
  }

  private static List<Json> samples(Session session, List<String> names, boolean required) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var samples =
          names.stream()
              .map(name -> threads.submit(() -> sample(session, name, required)))
              .toList();
      return samples.stream().flatMap(sample -> result(sample).stream()).toList();
    }
  }

  /** A listed container may be gone by now. */
  private static Optional<Json> sample(Session session, String name, boolean required) {
    try {
      return Optional.of(session.api().get(ContainerTarget.of(name, "stats").with("stream", "0")));
    } catch (CaissonException e) {
      if (required || e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Optional<Json> result(Future<Optional<Json>> sample) {
    try {
      return sample.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(ErrorCode.UNAVAILABLE, "interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CaissonException failure) {
        throw new CaissonException(failure.code(), failure.text(), failure);
      }
      throw new IllegalStateException("a sample fails in no other way", e);
    }
  }
}
