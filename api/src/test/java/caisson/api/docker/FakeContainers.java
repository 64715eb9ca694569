package caisson.api.docker;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.AttachOptions;
import caisson.engine.Attachment;
import caisson.engine.Container;
import caisson.engine.ContainerFiles;
import caisson.engine.ContainerRequest;
import caisson.engine.ContainerState;
import caisson.engine.ContainerStats;
import caisson.engine.ContainerUpdate;
import caisson.engine.Containers;
import caisson.engine.ExitWatch;
import caisson.engine.GuestTask;
import caisson.engine.Health;
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.NetworkEndpoint;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.engine.WaitCondition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Containers whose processes do what the test says; a command called nosuch cannot start. */
public final class FakeContainers implements Containers {
  public final FakeFiles files = new FakeFiles();
  public static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.5Z");

  private final Map<ContainerId, FakeProcess> processes = new LinkedHashMap<>();
  public final List<String> calls = new ArrayList<>();
  public final List<ContainerUpdate> updates = new ArrayList<>();
  public final List<GuestTask> tasks = new ArrayList<>();
  public Optional<Health> health = Optional.empty();
  public ContainerStats stats =
      new ContainerStats(
          STARTED,
          20,
          15,
          5,
          200,
          2,
          4096,
          96,
          1 << 20,
          3,
          0,
          List.of(new ContainerStats.Network("eth0", 1, 2, 0, 0, 3, 4, 0, 0)),
          List.of(new ContainerStats.Disk(8, 0, 10, 20, 1, 2)));
  public final ArrayDeque<LogReader.Entry> log = new ArrayDeque<>();
  public Optional<LogQuery> lastLogQuery = Optional.empty();

  /** What a container has when it runs. */
  public NetworkEndpoint endpoint = NetworkEndpoint.NONE;

  public Optional<AttachOptions> lastAttach = Optional.empty();
  private final Map<ContainerId, Container> containers = new LinkedHashMap<>();
  private final Map<ContainerId, List<Watch>> watches = new LinkedHashMap<>();

  @Override
  public synchronized void create(ContainerId id, ContainerRequest request) {
    var name = request.name().orElse("fancy_name");
    if (containers.values().stream().anyMatch(each -> each.name().equals(name))) {
      throw new CaissonException(ErrorCode.CONFLICT, "the name " + name + " is in use");
    }
    var state = new ContainerState.Created(Optional.empty());
    var log = Path.of("/containers", id + "-json.log");
    containers.put(
        id,
        new Container(
            id, name, STARTED, request, state, Optional.empty(), 0, log, NetworkEndpoint.NONE));
    processes.put(id, new FakeProcess(() -> exit(id, 0)));
  }

  /** The only container. */
  public synchronized Container only() {
    return containers.values().iterator().next();
  }

  private FakeProcess process(ContainerId id) {
    return Objects.requireNonNull(processes.get(id));
  }

  public FakeProcess process() {
    return process(only().id());
  }

  @Override
  public synchronized ContainerId resolve(String nameOrId) {
    return containers.values().stream()
        .filter(it -> it.name().equals(nameOrId) || it.id().value().startsWith(nameOrId))
        .map(Container::id)
        .findFirst()
        .orElseThrow(
            () -> new CaissonException(ErrorCode.NOT_FOUND, "No such container: " + nameOrId));
  }

  @Override
  public synchronized Container inspect(ContainerId id) {
    return Objects.requireNonNull(containers.get(id));
  }

  @Override
  public synchronized List<Container> list() {
    return List.copyOf(containers.values());
  }

  @Override
  public synchronized void rename(ContainerId id, String name) {
    calls.add("rename " + name);
  }

  @Override
  public synchronized void pause(ContainerId id) {
    requireNot(!inspect(id).state().running(), ErrorCode.CONFLICT);
    set(id, new ContainerState.Paused(STARTED, "vm", 4711));
  }

  @Override
  public synchronized void unpause(ContainerId id) {
    requireNot(!(inspect(id).state() instanceof ContainerState.Paused), ErrorCode.CONFLICT);
    set(id, new ContainerState.Running(STARTED, "vm", 4711));
  }

  @Override
  public synchronized void update(ContainerId id, ContainerUpdate update) {
    updates.add(update);
    var old = inspect(id);
    containers.put(
        id,
        new Container(
            id,
            old.name(),
            old.created(),
            old.request().updated(update),
            old.state(),
            health,
            0,
            old.logPath(),
            old.endpoint()));
  }

  @Override
  public synchronized Optional<ContainerStats> stats(ContainerId id) {
    return inspect(id).state().running() ? Optional.of(stats) : Optional.empty();
  }

  @Override
  public synchronized List<GuestTask> tasks(ContainerId id) {
    requireNot(!inspect(id).state().running(), ErrorCode.CONFLICT);
    return tasks;
  }

  public synchronized void set(ContainerId id, ContainerState state) {
    var old = inspect(id);
    containers.put(
        id,
        new Container(
            id,
            old.name(),
            old.created(),
            old.request(),
            state,
            health,
            0,
            old.logPath(),
            state.running() ? endpoint : NetworkEndpoint.NONE));
  }

  @Override
  public ByteSize diskUsage(ContainerId id) {
    return ByteSize.ofMib(1);
  }

  @Override
  public synchronized void start(ContainerId id) {
    requireNot(inspect(id).state().running(), ErrorCode.NOT_MODIFIED);
    if (inspect(id).request().spec().process().orElseThrow().args().contains("nosuch")) {
      tellExit(id, 127);
      throw new CaissonException(ErrorCode.COMMAND_NOT_FOUND, "exec nosuch failed");
    }
    set(id, new ContainerState.Running(STARTED, "vm", 4711));
  }

  private static void requireNot(boolean wrong, ErrorCode code) {
    if (wrong) {
      throw new CaissonException(code, "the container's state does not allow it");
    }
  }

  /** The process ends. */
  public synchronized void exit(ContainerId id, int code) {
    set(
        id,
        new ContainerState.Exited(code, STARTED, STARTED.plusSeconds(2), false, Optional.empty()));
    process(id).end();
    tellExit(id, code);
  }

  private void tellExit(ContainerId id, int code) {
    var exit = new ExitWatch.Exit(code, Optional.empty());
    boolean removal = inspect(id).request().autoRemove();
    if (removal) {
      containers.remove(id);
    }
    for (var watch : watches.getOrDefault(id, List.of())) {
      if (removal || watch.condition() != WaitCondition.REMOVED) {
        watch.exit().complete(exit);
      }
    }
  }

  @Override
  public synchronized void stop(ContainerId id, Optional<Signal> signal, Optional<Duration> grace) {
    calls.add("stop " + signal.map(Signal::number) + " " + grace);
    requireNot(!inspect(id).state().running(), ErrorCode.NOT_MODIFIED);
    exit(id, 143);
  }

  @Override
  public synchronized void restart(
      ContainerId id, Optional<Signal> signal, Optional<Duration> grace) {
    calls.add("restart " + signal.map(Signal::number) + " " + grace);
    set(id, new ContainerState.Running(STARTED, "vm", 4711));
  }

  @Override
  public synchronized void kill(ContainerId id, Signal signal) {
    calls.add("kill " + signal.number());
    requireNot(!inspect(id).state().running(), ErrorCode.CONFLICT);
    if (signal.equals(Signal.KILL)) {
      exit(id, 137);
    }
  }

  @Override
  public synchronized void remove(ContainerId id, boolean force, boolean volumes) {
    if (volumes) {
      calls.add("remove with volumes");
    }
    requireNot(inspect(id).state().running() && !force, ErrorCode.CONFLICT);
    containers.remove(id);
  }

  @Override
  public synchronized void report(ContainerId id, String action, Map<String, String> attributes) {
    calls.add(action + " " + new TreeMap<>(attributes));
  }

  @Override
  public ContainerFiles files(ContainerId id) {
    return files;
  }

  @Override
  public synchronized void resize(ContainerId id, TerminalSize size) {
    calls.add("resize " + size);
  }

  @Override
  public synchronized Attachment attach(ContainerId id, AttachOptions options) {
    lastAttach = Optional.of(options);
    return process(id).attach();
  }

  private record Watch(WaitCondition condition, CompletableFuture<Exit> exit) implements ExitWatch {
    @Override
    public Optional<Exit> await(Duration timeout) throws InterruptedException {
      try {
        return Optional.of(exit.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {}
  }

  @Override
  public synchronized ExitWatch watch(ContainerId id, WaitCondition condition) {
    var watch = new Watch(condition, new CompletableFuture<>());
    if (condition == WaitCondition.NOT_RUNNING && !inspect(id).state().running()) {
      watch.exit().complete(new ExitWatch.Exit(0, Optional.empty()));
    }
    watches.computeIfAbsent(id, _ -> new ArrayList<>()).add(watch);
    return watch;
  }

  @Override
  public synchronized LogReader logs(ContainerId id, LogQuery query) {
    lastLogQuery = Optional.of(query);
    return new LogReader() {
      @Override
      public Optional<Entry> next() {
        return Optional.ofNullable(log.pollFirst());
      }

      @Override
      public void close() {}
    };
  }
}
