package caisson.cli.fake;

import caisson.api.http.Exchange;
import caisson.api.http.Hijack;
import caisson.api.wire.CreateContainer;
import caisson.api.wire.WireJson;
import caisson.base.CaissonException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** The one container of a fake daemon. Its process is a lambda. */
public final class FakeContainer {
  public static final String ID = "0123456789abcdef".repeat(4);

  private final CompletableFuture<Hijack> attached = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final CompletableFuture<Void> creating = new CompletableFuture<>();
  private final CompletableFuture<Void> starting = new CompletableFuture<>();
  private final BlockingQueue<String> killed = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> sizes = new LinkedBlockingQueue<>();
  private final Program program;
  private Optional<CaissonException> startFailure = Optional.empty();
  private CompletableFuture<Void> createGate = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> startGate = CompletableFuture.completedFuture(null);
  private volatile Optional<CreateContainer> request = Optional.empty();
  private volatile boolean attaching;
  private volatile Optional<String> detachKeys = Optional.empty();

  /** What runs in the container. */
  @FunctionalInterface
  public interface Program {
    /** Runs with these streams, and answers its exit code. */
    int run(Hijack streams) throws IOException, InterruptedException;
  }

  public FakeContainer(Program program) {
    this.program = program;
  }

  /** A container whose process does not start. */
  public FakeContainer failingToStart(CaissonException failure) {
    startFailure = Optional.of(failure);
    return this;
  }

  /** Has the creation wait for {@code gate}. */
  public FakeContainer creatingAfter(CompletableFuture<Void> gate) {
    createGate = gate;
    return this;
  }

  /** Has the start wait for {@code gate}. */
  public FakeContainer startingAfter(CompletableFuture<Void> gate) {
    startGate = gate;
    return this;
  }

  /** Adds its routes to {@code daemon}. */
  public FakeDaemon in(FakeDaemon daemon) {
    return daemon
        .on("POST", "/containers/create", this::create)
        .on("POST", "/containers/{id}/attach", this::attach)
        .on("POST", "/containers/{id}/wait", this::await)
        .on("POST", "/containers/{id}/start", this::start)
        .on("POST", "/containers/{id}/kill", this::kill)
        .on("POST", "/containers/{id}/resize", this::resize)
        .on("DELETE", "/containers/{id}", this::remove);
  }

  private void create(Exchange exchange) throws IOException {
    request = Optional.of(WireJson.read(exchange.bodyBytes(), CreateContainer.class));
    creating.complete(null);
    createGate.join();
    FakeDaemon.answer(exchange, 201, "{\"Id\":\"" + ID + "\",\"Warnings\":[\"slow\"]}");
  }

  private void attach(Exchange exchange) throws IOException {
    int _ = exchange.bodyBytes().length;
    detachKeys = exchange.query().text("detachKeys");
    attaching = true; // before the client is told, who starts the program then
    attached.complete(exchange.hijack("application/vnd.docker.multiplexed-stream"));
    exit.join();
  }

  private void await(Exchange exchange) throws IOException {
    try (var body = exchange.stream(Exchange.JSON)) {
      body.flush();
      body.write(("{\"StatusCode\":" + exit.join() + "}").getBytes(StandardCharsets.UTF_8));
    }
  }

  private void start(Exchange exchange) throws IOException {
    starting.complete(null);
    startGate.join();
    if (startFailure.isPresent()) {
      exit.complete(127);
      throw startFailure.get();
    }
    Thread.ofVirtual().name("program").start(this::runProgram);
    exchange.answer(204);
  }

  private void runProgram() {
    try {
      exit.complete(program.run(attaching ? attached.join() : attached.getNow(null)));
    } catch (IOException | InterruptedException e) {
      exit.complete(255);
    }
  }

  private void kill(Exchange exchange) throws IOException {
    killed.add(exchange.query().text("signal").orElse(""));
    exchange.answer(204);
  }

  private void resize(Exchange exchange) throws IOException {
    sizes.add(exchange.query().text("h").orElse("") + "x" + exchange.query().text("w").orElse(""));
    exchange.answer(200);
  }

  private void remove(Exchange exchange) throws IOException {
    exit.complete(137);
    exchange.answer(204);
  }

  /** Waits until the creation has been asked for. */
  public void awaitCreating() {
    creating.join();
  }

  /** Waits until the start has been asked for. */
  public void awaitStarting() {
    starting.join();
  }

  /** Waits for the next signal. */
  public String nextSignal() throws InterruptedException {
    return killed.take();
  }

  /** Waits for the next size of the terminal, rows before columns. */
  public String nextSize() throws InterruptedException {
    return sizes.take();
  }

  /** The keys that whoever has attached wants to let go by. */
  public Optional<String> detachKeys() {
    return detachKeys;
  }

  /** What was asked for. */
  public CreateContainer request() {
    return request.orElseThrow();
  }

  /** Writes a frame of a multiplexed stream: 1 is standard output, 2 standard error. */
  public static void frame(OutputStream stream, int type, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var frame = ByteBuffer.allocate(8 + bytes.length);
    frame.put((byte) type).put(new byte[3]).putInt(bytes.length).put(bytes);
    stream.write(frame.array());
  }
}
