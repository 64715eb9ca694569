package caisson.engine.local;

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
import caisson.engine.LogQuery;
import caisson.engine.LogReader;
import caisson.engine.Signal;
import caisson.engine.TerminalSize;
import caisson.engine.VolumeMount;
import caisson.engine.WaitCondition;
import caisson.engine.sandbox.Sandbox;
import caisson.linux.DurableFiles;
import caisson.linux.SparseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The containers of this daemon, each in a directory of its own under {@code containers/}. */
final class LocalContainers implements Containers {
  /** How long a killed process may take to be gone before its machine is ended under it. */
  private static final Duration KILL_GRACE = Duration.ofSeconds(10);

  private final Path root;
  private final ContainerTable table;
  private final LocalVolumes volumes;
  private final LifeEvents events;
  private final BiFunction<StoredContainer, Path, LocalContainer> factory;

  LocalContainers(
      Path root,
      ContainerTable table,
      LocalVolumes volumes,
      LifeEvents events,
      BiFunction<StoredContainer, Path, LocalContainer> factory) {
    this.root = root;
    this.table = table;
    this.volumes = volumes;
    this.events = events;
    this.factory = factory;
  }

  @Override
  public void create(ContainerId id, ContainerRequest request) {
    var name = table.reserve(request.name(), id);
    var directory = root.resolve(id.value());
    var stored = new StoredContainer(id, name, Instant.now(), request);
    try {
      volumes.holding(request.spec(), () -> register(stored, directory));
      events.publish(table.get(id), "create", Map.of());
    } catch (CaissonException e) {
      table.release(name);
      throw e;
    } catch (IOException e) {
      table.release(name);
      discard(directory);
      throw new CaissonException(
          ErrorCode.NO_RESOURCES,
          "cannot write the container's record under " + root + ": " + e.getMessage(),
          e);
    }
  }

  private void register(StoredContainer stored, Path directory) throws IOException {
    DurableFiles.createDirectories(directory);
    stored.write(directory);
    table.add(factory.apply(stored, directory));
  }

  private static void discard(Path directory) {
    try {
      DurableFiles.deleteTree(directory);
    } catch (IOException e) {
      // Without its record the directory is no container; the next start of the daemon sweeps it.
    }
  }

  @Override
  public ContainerId resolve(String nameOrId) {
    return table.resolve(nameOrId);
  }

  @Override
  public Container inspect(ContainerId id) {
    return table.get(id).snapshot();
  }

  @Override
  public List<Container> list() {
    return table.all().stream().map(LocalContainer::snapshot).toList();
  }

  @Override
  public ByteSize diskUsage(ContainerId id) {
    var directory = table.get(id).directory();
    try (var files = Files.list(directory)) {
      long bytes = 0;
      for (var file : files.filter(Files::isRegularFile).toList()) {
        bytes += SparseFile.extents(file).stream().mapToLong(SparseFile.Extent::length).sum();
      }
      return new ByteSize(bytes);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot see how large " + directory + " is: " + e.getMessage(), e);
    }
  }

  @Override
  public void start(ContainerId id) {
    var container = table.get(id);
    try {
      container.start();
    } catch (CaissonException e) {
      boolean neverRan = !container.state().running();
      if (neverRan && container.request().autoRemove() && e.code() != ErrorCode.NOT_FOUND) {
        events.autoRemove(container);
      }
      throw e;
    }
  }

  @Override
  public void rename(ContainerId id, String name) {
    var container = table.get(id);
    if (container.name().equals(name)) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "Renaming a container with the same name as its current name");
    }
    var reserved = table.reserve(Optional.of(name), id);
    try {
      var before = container.rename(reserved);
      table.release(before);
      events.publish(container, "rename", Map.of("oldName", "/" + before));
    } catch (CaissonException e) {
      table.release(reserved);
      throw e;
    }
  }

  @Override
  public void pause(ContainerId id) {
    table.get(id).pause();
  }

  @Override
  public void unpause(ContainerId id) {
    table.get(id).unpause();
  }

  @Override
  public void update(ContainerId id, ContainerUpdate update) {
    table.get(id).update(update);
  }

  @Override
  public Optional<ContainerStats> stats(ContainerId id) {
    return table.get(id).sandbox().map(Sandbox::stats);
  }

  @Override
  public List<GuestTask> tasks(ContainerId id) {
    var container = table.get(id);
    var tasks = container.requireSandbox().tasks();
    events.publish(container, "top", Map.of());
    return tasks;
  }

  @Override
  public void stop(ContainerId id, Optional<Signal> signal, Optional<Duration> grace) {
    var container = table.get(id);
    boolean restarting = container.state() instanceof ContainerState.Restarting;
    if (!container.state().running() && !restarting) {
      throw new CaissonException(ErrorCode.NOT_MODIFIED, "Container " + id + " is already stopped");
    }
    container.stopping();
    var request = container.request();
    end(container, signal.orElse(request.stopSignal()), grace.orElse(request.stopGrace()));
    events.publish(container, "stop", Map.of());
  }

  private void end(LocalContainer container, Signal signal, Duration grace) {
    goOn(container);
    try (var watch = container.watch(WaitCondition.NOT_RUNNING)) {
      signal(container, signal);
      if (watch.await(grace.isNegative() ? Duration.ofDays(36_500) : grace).isPresent()) {
        return;
      }
      signal(container, Signal.KILL);
      if (watch.await(KILL_GRACE).isEmpty()) {
        container.discardSandbox();
        watch.await(KILL_GRACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaissonException(
          ErrorCode.UNAVAILABLE, "interrupted while stopping container " + container.id(), e);
    }
  }

  /** A paused process takes no signal. */
  private static void goOn(LocalContainer container) {
    try {
      if (container.state() instanceof ContainerState.Paused) {
        container.unpause();
      }
    } catch (CaissonException e) {
      boolean wentOnMeanwhile = e.code() == ErrorCode.CONFLICT;
      if (!wentOnMeanwhile) {
        container.discardSandbox();
      }
    }
  }

  private void signal(LocalContainer container, Signal signal) {
    try {
      container.requireSandbox().init().signal(signal);
      events.publish(container, "kill", Map.of("signal", Integer.toString(signal.number())));
    } catch (CaissonException e) {
      if (container.state().running() && e.code() != ErrorCode.CONFLICT) {
        // A guest that does not take the signal any more is ended from outside.
        container.discardSandbox();
      }
    }
  }

  @Override
  public void restart(ContainerId id, Optional<Signal> signal, Optional<Duration> grace) {
    var container = table.get(id);
    container.stopping();
    if (container.state().running()) {
      var request = container.request();
      end(container, signal.orElse(request.stopSignal()), grace.orElse(request.stopGrace()));
    }
    container.start();
    events.publish(container, "restart", Map.of());
  }

  @Override
  public void kill(ContainerId id, Signal signal) {
    var container = table.get(id);
    if (signal.equals(Signal.KILL) || signal.equals(container.request().stopSignal())) {
      requireRunning(container);
      container.stopping();
      goOn(container);
    }
    container.requireSandbox().init().signal(signal);
    events.publish(container, "kill", Map.of("signal", Integer.toString(signal.number())));
  }

  private static void requireRunning(LocalContainer container) {
    if (!container.state().running()) {
      container.requireSandbox();
    }
  }

  @Override
  public void remove(ContainerId id, boolean force, boolean itsVolumes) {
    var container = table.get(id);
    if (force) {
      container.stopping();
    }
    // Asking for the machine waits for a start that is under way: what it has started ends too.
    if (force && container.machine().isPresent()) {
      end(container, Signal.KILL, KILL_GRACE);
    }
    remove(container, itsVolumes);
  }

  void remove(LocalContainer container, boolean itsVolumes) {
    var itsNames = VolumeMount.names(container.request().spec());
    container.hurry();
    container.remove(() -> {
      volumes.goWithContainer(itsNames, itsVolumes);
      try {
        DurableFiles.deleteTree(container.directory());
      } catch (IOException e) {
        throw new CaissonException(
            ErrorCode.INTERNAL,
            "cannot remove " + container.directory() + ": " + e.getMessage(),
            e);
      }
      table.remove(container);
    });
    if (itsVolumes) {
      volumes.removeAnonymous(itsNames);
    }
    events.publish(container, "destroy", Map.of());
  }

  @Override
  public void report(ContainerId id, String action, Map<String, String> attributes) {
    table.all().stream()
        .filter(each -> each.id().equals(id))
        .forEach(it -> events.publish(it, action, attributes));
  }

  @Override
  public ContainerFiles files(ContainerId id) {
    return table.get(id).files();
  }

  @Override
  public void resize(ContainerId id, TerminalSize size) {
    table.get(id).requireSandbox().init().resize(size);
  }

  @Override
  public Attachment attach(ContainerId id, AttachOptions options) {
    return table.get(id).attach(options);
  }

  @Override
  public ExitWatch watch(ContainerId id, WaitCondition condition) {
    return table.get(id).watch(condition);
  }

  @Override
  public LogReader logs(ContainerId id, LogQuery query) {
    return table.get(id).logs(query);
  }

  /**
   * Reads the containers of an earlier daemon and removes what it left half made or half removed.
   */
  void load() throws IOException {
    DurableFiles.createDirectories(root);
    try (var directories = Files.newDirectoryStream(root)) {
      for (var directory : directories) {
        load(directory);
      }
    }
  }

  private void load(Path directory) throws IOException {
    var name = directory.getFileName().toString();
    if (name.endsWith(DurableFiles.UNFINISHED)
        || !Files.exists(directory.resolve("container.json"))) {
      DurableFiles.deleteTree(directory);
      return;
    }
    try {
      table.add(factory.apply(StoredContainer.read(directory), directory));
    } catch (CaissonException e) {
      System.getLogger("caisson.engine")
          .log(System.Logger.Level.ERROR, "skipped a damaged container: " + e.text());
    }
  }
}
