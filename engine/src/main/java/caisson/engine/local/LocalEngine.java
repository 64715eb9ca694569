package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.Bundles;
import caisson.engine.ContainerState;
import caisson.engine.Containers;
import caisson.engine.DefaultNetwork;
import caisson.engine.Engine;
import caisson.engine.EngineStatus;
import caisson.engine.Event;
import caisson.engine.Events;
import caisson.engine.Execs;
import caisson.engine.Leak;
import caisson.engine.Templates;
import caisson.engine.Volumes;
import caisson.engine.bundle.LocalBundles;
import caisson.engine.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The engine of this host. State lives under one root: {@code containers/ID/} holds what belongs to
 * a container, {@code volumes/NAME/} a volume, {@code journal} the latest state of each container.
 * Opening it is recovery: what an earlier daemon left running is taken over, what it left half done
 * is cleared away.
 */
public final class LocalEngine implements Engine {
  private final Journal journal;
  private final Sandboxes sandboxes;
  private final ContainerTable table = new ContainerTable();
  private final EventLog eventLog = new EventLog();
  private final ScheduledExecutorService restarts = restarts();
  private final LocalContainers containers;
  private final LocalExecs execs;
  private final LocalVolumes volumes;
  private final LocalBundles bundles;

  private LocalEngine(Path root, Path run, Sandboxes sandboxes) throws IOException {
    this.sandboxes = sandboxes;
    this.journal = Journal.open(root.resolve("journal"));
    var life = new Life();
    this.volumes = new LocalVolumes(root.resolve("volumes"), table);
    this.containers =
        new LocalContainers(
            root.resolve("containers"),
            table,
            volumes,
            life,
            (stored, directory) ->
                new LocalContainer(
                    new ContainerRecord(stored, directory, journal), sandboxes, volumes, life));
    this.execs = new LocalExecs(table, life);
    this.bundles = LocalBundles.open(run.resolve("bundles"), sandboxes);
  }

  /** One thread that only waits: each restart has one of its own. */
  private static ScheduledExecutorService restarts() {
    var threads = Thread.ofPlatform().daemon().name("restarts").factory();
    var executor = new ScheduledThreadPoolExecutor(1, threads);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** Opens the engine on {@code root}, which no other daemon may use, as {@link #open} does. */
  public static LocalEngine open(Path root, Sandboxes sandboxes) {
    return open(root, root, sandboxes);
  }

  /**
   * Opens the engine on {@code root}, which no other daemon may use.
   *
   * @param run where the state of containers is that do not outlive the host's boot
   */
  public static LocalEngine open(Path root, Path run, Sandboxes sandboxes) {
    LocalEngine engine;
    try {
      engine = new LocalEngine(root, run, sandboxes);
      engine.volumes.load();
      engine.containers.load();
      engine.volumes.sweep();
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL,
          "cannot read the volumes and containers under " + root + ": " + e.getMessage(),
          e);
    }
    engine.recover();
    engine.bundles.recover();
    engine.sweep();
    engine.removeLeftOvers();
    engine.table.all().forEach(LocalContainer::restartWithDaemon);
    return engine;
  }

  /** All at once, because each may have to wait for its machine. */
  private void recover() {
    var all = table.all();
    journal.retain(all.stream().map(LocalContainer::id).collect(Collectors.toSet()));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(container -> threads.execute(container::recover));
    }
  }

  private void removeLeftOvers() {
    for (var container : table.all()) {
      boolean over = container.state() instanceof ContainerState.Exited;
      if (over && container.request().autoRemove()) {
        containers.remove(container, true);
      }
    }
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public Execs execs() {
    return execs;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public Bundles bundles() {
    return bundles;
  }

  @Override
  public Events events() {
    return eventLog;
  }

  @Override
  public Templates templates() {
    return sandboxes.templates();
  }

  @Override
  public EngineStatus status() {
    return sandboxes.status();
  }

  @Override
  public DefaultNetwork network() {
    return sandboxes.network();
  }

  @Override
  public List<Leak> leaks() {
    return sandboxes.leaks(machines());
  }

  @Override
  public void sweep() {
    sandboxes.sweep(machines());
  }

  private Set<String> machines() {
    var machines = new HashSet<>(bundles.machines());
    table.all().forEach(container -> container.machine().ifPresent(machines::add));
    return machines;
  }

  @Override
  public void close() {
    restarts.shutdown();
    table.all().forEach(LocalContainer::leave);
    bundles.close();
    journal.close();
  }

  private final class Life implements LifeEvents {
    @Override
    public void publish(LocalContainer container, String action, Map<String, String> attributes) {
      var all = new HashMap<>(container.request().labels());
      all.put("image", container.request().sandbox().imageName());
      all.put("name", container.name());
      all.putAll(attributes);
      eventLog.publish(new Event(Instant.now(), action, container.id(), all));
      if (action.equals("destroy")) {
        execs.forget(container.id());
      }
    }

    @Override
    public void autoRemove(LocalContainer container) {
      try {
        containers.remove(container, true);
      } catch (CaissonException e) {
        boolean racedWithRemoval = e.code() == ErrorCode.NOT_FOUND;
        if (!racedWithRemoval) {
          System.getLogger("caisson.engine")
              .log(System.Logger.Level.ERROR, "automatic removal failed: " + e.text());
        }
      }
    }

    @Override
    public void restartIn(Duration delay, LocalContainer container) {
      try {
        var _ =
            restarts.schedule(
                () -> Thread.ofVirtual().start(() -> restart(container)),
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // The daemon is ending; the next one goes on with it.
      }
    }

    private void restart(LocalContainer container) {
      try {
        container.restart();
      } catch (CaissonException e) {
        System.getLogger("caisson.engine")
            .log(
                System.Logger.Level.WARNING,
                "container " + container.id() + " is not started again: " + e.text());
      }
    }
  }
}
