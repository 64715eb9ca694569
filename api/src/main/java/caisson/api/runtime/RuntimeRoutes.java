package caisson.api.runtime;

import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.http.Router;
import caisson.engine.BundleKey;
import caisson.engine.BundleRequest;
import caisson.engine.BundleStatus;
import caisson.engine.BundleStatus.Phase;
import caisson.engine.Bundles;
import caisson.engine.Signal;
import caisson.oci.Json;
import caisson.oci.runtime.DefaultSpec;
import caisson.oci.runtime.Hook;
import caisson.oci.runtime.LinuxSpec;
import caisson.oci.runtime.Resources;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One endpoint for each of the runtime's commands. All have the query's {@code root}; answers are
 * what the command prints.
 */
public final class RuntimeRoutes {
  private static final String CONTAINERS = "/runtime/containers";

  private static final Set<String> FORMATS = Set.of("json", "quiet", "table");
  private static final String CONTAINER = CONTAINERS + "/{id}";

  private final Bundles bundles;

  private RuntimeRoutes(Bundles bundles) {
    this.bundles = bundles;
  }

  /** Adds them. */
  public static void add(Router router, Bundles bundles) {
    var routes = new RuntimeRoutes(bundles);
    router
        .on("POST", "/runtime/place", RuntimeRoutes::place)
        .on("GET", "/runtime/spec", RuntimeRoutes::spec)
        .on("GET", "/runtime/features", RuntimeRoutes::features)
        .on("GET", CONTAINERS, routes::list)
        .on("POST", CONTAINER + "/create", routes::create)
        .on("POST", CONTAINER + "/start", routes::start)
        .on("GET", CONTAINER + "/state", routes::state)
        .on("POST", CONTAINER + "/kill", routes::kill)
        .on("POST", CONTAINER + "/delete", routes::delete)
        .on("POST", CONTAINER + "/pause", routes::pause)
        .on("POST", CONTAINER + "/resume", routes::resume)
        .on("POST", CONTAINER + "/update", routes::update)
        .on("GET", CONTAINER + "/ps", routes::ps)
        .on("GET", CONTAINER + "/stats", routes::stats)
        .on("POST", CONTAINER + "/exec", routes::exec)
        .on("POST", CONTAINER + "/connect", routes::connect);
  }

  private static BundleKey key(Exchange exchange) {
    return new BundleKey(root(exchange), exchange.path("id"));
  }

  private static String root(Exchange exchange) {
    return required(exchange, "root");
  }

  private static String required(Exchange exchange, String name) {
    return exchange
        .query()
        .text(name)
        .orElseThrow(() -> BadRequest.of("the query's " + name + " is missing"));
  }

  private static Path bundle(Exchange exchange) {
    return Path.of(required(exchange, "bundle")).normalize();
  }

  private static long monitor(Exchange exchange) {
    return exchange
        .query()
        .number("monitor")
        .orElseThrow(() -> BadRequest.of("the query's monitor is missing"));
  }

  private static void done(Exchange exchange) throws IOException {
    exchange.answer(HttpURLConnection.HTTP_NO_CONTENT);
  }

  private static void answer(Exchange exchange, Object document) throws IOException {
    exchange.answer(HttpURLConnection.HTTP_OK, Exchange.JSON, Json.write(document));
  }

  /**
   * Tells of a config.json where the monitor is to be: its network, which is {@code host}, {@code
   * new}, or a namespace's path, and the container's root on the host.
   */
  private static void place(Exchange exchange) throws IOException {
    var spec = Json.read(exchange.bodyBytes(), Spec.class, "config.json");
    var network =
        spec.linux().map(LinuxSpec::namespaces).orElse(List.of()).stream()
            .filter(namespace -> namespace.type().equals("network"))
            .findFirst()
            .map(namespace -> namespace.path().filter(path -> !path.isEmpty()).orElse("new"))
            .orElse("host");
    var bundle = bundle(exchange);
    var root =
        spec.root()
            .map(it -> bundle.resolve(it.path()).normalize())
            .filter(Files::isDirectory)
            .orElseThrow(() ->
                BadRequest.of("config.json in " + bundle + " names no root that is a directory"));
    fields(exchange, new FieldText().add(network).add(root.toString()));
  }

  /** One of json, quiet and table. */
  private static String format(Exchange exchange) {
    var format = exchange.query().text("format").orElse("json");
    if (!FORMATS.contains(format)) {
      throw BadRequest.of("invalid format option \"" + format + "\"");
    }
    return format;
  }

  private static void text(Exchange exchange, String text) throws IOException {
    exchange.answer(HttpURLConnection.HTTP_OK, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void fields(Exchange exchange, FieldText fields) throws IOException {
    exchange.answer(HttpURLConnection.HTTP_OK, "application/octet-stream", fields.bytes());
  }

  /** The state and the hooks that are to see it. */
  private static FieldText hooks(BundleStatus status, String word, List<Hook> hooks) {
    return new FieldText().add(Json.write(status.state(word))).addHooks(hooks);
  }

  private static void spec(Exchange exchange) throws IOException {
    var json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(DefaultSpec.bundle());
    exchange.answer(HttpURLConnection.HTTP_OK, Exchange.JSON, json);
  }

  private static void features(Exchange exchange) throws IOException {
    answer(exchange, FeaturesDocument.current());
  }

  private void create(Exchange exchange) throws IOException {
    var key = key(exchange);
    var bundle = bundle(exchange);
    var spec = Json.read(exchange.bodyBytes(), Spec.class, bundle + "/config.json");
    requireConsole(exchange, spec.hasTerminal());
    var made = bundles.create(key, new BundleRequest(bundle, spec, monitor(exchange)));
    var hooks = new ArrayList<>(made.hooks().prestart());
    hooks.addAll(made.hooks().createRuntime());
    fields(
        exchange,
        new FieldText()
            .add(made.machine())
            .add(Json.write(made.state("creating")))
            .addHooks(hooks)
            .addHooks(made.hooks().createContainer()));
  }

  /** A terminal's other end has to go to somebody, and without a terminal there is none. */
  private static void requireConsole(Exchange exchange, boolean terminal) {
    boolean console = exchange.query().flag("console");
    if (terminal && !console) {
      throw BadRequest.of("cannot allocate tty if runc will detach without setting console socket");
    }
    if (!terminal && console) {
      throw BadRequest.of("cannot use console socket if runc will not detach or allocate tty");
    }
  }

  private void start(Exchange exchange) throws IOException {
    var key = key(exchange);
    bundles.start(key);
    var started = bundles.status(key);
    fields(exchange, hooks(started, "running", started.hooks().poststart()));
  }

  private void state(Exchange exchange) throws IOException {
    answer(exchange, StateDocument.of(bundles.status(key(exchange))));
  }

  private void list(Exchange exchange) throws IOException {
    var all = bundles.list(root(exchange));
    switch (format(exchange)) {
      case "json" -> answer(exchange, all.stream().map(StateDocument::of).toList());
      case "quiet" ->
          text(exchange, all.stream().map(it -> it.key().id()).collect(Collectors.joining("\n")));
      default -> text(exchange, RuntimeTables.containers(all));
    }
  }

  private void kill(Exchange exchange) throws IOException {
    var signal = Signal.parse(required(exchange, "signal"));
    bundles.kill(key(exchange), signal, exchange.query().flag("all"));
    done(exchange);
  }

  private void delete(Exchange exchange) throws IOException {
    var deleted = bundles.delete(key(exchange), exchange.query().flag("force"));
    fields(
        exchange,
        deleted.map(it -> hooks(it, "stopped", it.hooks().poststop())).orElseGet(FieldText::new));
  }

  private void pause(Exchange exchange) throws IOException {
    bundles.pause(key(exchange));
    done(exchange);
  }

  private void resume(Exchange exchange) throws IOException {
    bundles.resume(key(exchange));
    done(exchange);
  }

  private void update(Exchange exchange) throws IOException {
    bundles.update(
        key(exchange), Json.read(exchange.bodyBytes(), Resources.class, "the resources"));
    done(exchange);
  }

  /** As a table the guest's processes; as JSON the host's, for who wants to look at those. */
  private void ps(Exchange exchange) throws IOException {
    var key = key(exchange);
    if (format(exchange).equals("json")) {
      answer(exchange, bundles.monitors(key));
    } else {
      text(exchange, RuntimeTables.tasks(bundles.tasks(key)));
    }
  }

  /** Its answer is empty if {@code last} is asked of a container that has ended. */
  private void stats(Exchange exchange) throws IOException {
    var key = key(exchange);
    if (exchange.query().flag("last") && bundles.status(key).phase() == Phase.STOPPED) {
      done(exchange);
    } else {
      answer(exchange, StatsDocument.of(key.id(), bundles.stats(key)));
    }
  }

  private void exec(Exchange exchange) throws IOException {
    var key = key(exchange);
    var document = Json.read(exchange.bodyBytes(), ExecDocument.class, "the process");
    var process = document.in(bundles.process(key));
    requireConsole(exchange, process.terminal());
    bundles.exec(key, process, monitor(exchange));
    fields(exchange, new FieldText().add(bundles.status(key).machine()));
  }

  private void connect(Exchange exchange) throws IOException {
    var key = key(exchange);
    var exec =
        exchange.query().flag("exec") ? Optional.of(monitor(exchange)) : Optional.<Long>empty();
    bundles.status(key);
    exchange.bodyBytes();
    var connection = new MonitorConnection(exchange.hijack("application/octet-stream"));
    connection.serve(
        hello -> bundles.connect(key, exec, connection, hello.longAt(0), hello.longAt(8)));
  }
}
