package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.BundleKey;
import caisson.engine.BundleLink;
import caisson.engine.BundleRequest;
import caisson.engine.BundleStatus;
import caisson.engine.BundleStatus.Phase;
import caisson.engine.BundleStreams;
import caisson.engine.Bundles;
import caisson.engine.ContainerStats;
import caisson.engine.GuestTask;
import caisson.engine.Signal;
import caisson.engine.sandbox.Sandboxes;
import caisson.linux.DurableFiles;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The containers of bundles of this daemon, each in a directory of its own. */
public final class LocalBundles implements Bundles, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private final Path root;
  private final Sandboxes sandboxes;
  private final Monitors monitors = new Monitors();
  private final Map<BundleKey, BundleContainer> all = new ConcurrentHashMap<>();

  private LocalBundles(Path root, Sandboxes sandboxes) {
    this.root = root;
    this.sandboxes = sandboxes;
  }

  /** Those under {@code root}, with what an earlier daemon left running. */
  public static LocalBundles open(Path root, Sandboxes sandboxes) throws IOException {
    var bundles = new LocalBundles(root, sandboxes);
    DurableFiles.createDirectories(root);
    var machines = new HashMap<String, EarlierMachine>();
    try (var directories = Files.newDirectoryStream(root)) {
      for (var directory : directories) {
        bundles.load(directory, machines);
      }
    }
    return bundles;
  }

  private void load(Path directory, Map<String, EarlierMachine> machines) throws IOException {
    if (!Files.exists(directory.resolve("bundle.json"))) {
      DurableFiles.deleteTree(directory);
      return;
    }
    try {
      var record = BundleRecord.read(directory);
      if (record.vm().isEmpty()) {
        DurableFiles.deleteTree(directory); // its creation was cut short
      } else {
        all.put(record.key(), load(record, directory, machines));
      }
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.ERROR, "skipped a damaged container: " + e.text());
    }
  }

  private BundleContainer load(
      BundleRecord record, Path directory, Map<String, EarlierMachine> machines) {
    if (record.phase() == Phase.STOPPED) {
      return new BundleContainer(record, directory, sandboxes, monitors, Optional.empty());
    }
    var machine = machines.computeIfAbsent(record.vm(), vm -> new EarlierMachine(sandboxes, vm));
    var container =
        new BundleContainer(record, directory, sandboxes, monitors, Optional.of(machine));
    machine.add(container);
    return container;
  }

  /** Looks after what an earlier daemon left running. */
  public void recover() {
    all.values().forEach(BundleContainer::recover);
  }

  /** The ids of their machines. */
  public Set<String> machines() {
    return all.values().stream()
        .flatMap(container -> container.machine().stream())
        .collect(Collectors.toSet());
  }

  @Override
  public BundleStatus create(BundleKey key, BundleRequest request) {
    var id = ContainerId.random();
    BundleSpec.requirePaths(request.spec());
    BundleSpec.requireHooks(request.spec());
    BundleSpec.requireRoot(request.spec(), request.bundle());
    var directory = root.resolve(id.value());
    var record = BundleRecord.of(id, key, request);
    var membership = Membership.of(request.spec(), key, all.values());
    var container = new BundleContainer(record, directory, sandboxes, monitors, Optional.empty());
    if (all.putIfAbsent(key, container) != null) {
      throw new CaissonException(
          ErrorCode.CONFLICT, "container with given ID already exists: " + key.id());
    }
    boolean made = false;
    try {
      DurableFiles.createDirectories(directory);
      record.write(directory);
      container.create(membership);
      made = true;
      return container.status();
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.NO_RESOURCES, "cannot make " + directory + ": " + e, e);
    } finally {
      if (!made) {
        forget(container);
      }
    }
  }

  private void forget(BundleContainer container) {
    all.remove(container.record().key());
    container.cgroup().remove();
    try {
      DurableFiles.deleteTree(container.directory());
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot remove " + container.directory() + ": " + e, e);
    }
  }

  private BundleContainer get(BundleKey key) {
    var container = all.get(key);
    if (container == null) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "container does not exist");
    }
    return container;
  }

  @Override
  public void start(BundleKey key) {
    get(key).start();
  }

  @Override
  public BundleStatus status(BundleKey key) {
    return get(key).status();
  }

  @Override
  public List<BundleStatus> list(String of) {
    return all.values().stream()
        .map(BundleContainer::status)
        .filter(status -> status.key().root().equals(of))
        .sorted(Comparator.comparing(status -> status.key().id()))
        .toList();
  }

  @Override
  public void kill(BundleKey key, Signal signal, boolean everyone) {
    var container = get(key);
    boolean over = container.status().phase() == Phase.STOPPED;
    if (over && everyone) {
      return;
    }
    container.kill(signal, everyone);
  }

  @Override
  public Optional<BundleStatus> delete(BundleKey key, boolean force) {
    var container = all.get(key);
    if (container == null && force) {
      return Optional.empty();
    }
    container = get(key);
    var phase = container.status().phase();
    if (phase != Phase.STOPPED && !force && phase != Phase.CREATED) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "cannot delete container %s that is not stopped: %s".formatted(key.id(), phase.word()));
    }
    if (phase != Phase.STOPPED) {
      container.end();
    }
    forget(container);
    return Optional.of(container.status());
  }

  @Override
  public void pause(BundleKey key) {
    get(key).pause();
  }

  @Override
  public void resume(BundleKey key) {
    get(key).resume();
  }

  @Override
  public void update(BundleKey key, Resources resources) {
    get(key).running().update(resources);
  }

  @Override
  public List<GuestTask> tasks(BundleKey key) {
    return get(key).running().tasks();
  }

  @Override
  public List<Long> monitors(BundleKey key) {
    return get(key).monitors();
  }

  @Override
  public ContainerStats stats(BundleKey key) {
    return get(key).running().stats();
  }

  @Override
  public ProcessSpec process(BundleKey key) {
    return get(key).record().spec().process().orElseThrow();
  }

  @Override
  public void exec(BundleKey key, ProcessSpec process, long monitor) {
    get(key).exec(process, monitor);
  }

  @Override
  public BundleStreams connect(
      BundleKey key, Optional<Long> exec, BundleLink link, long stdout, long stderr) {
    return get(key).connect(exec, link, stdout, stderr);
  }

  /** Lets machines run on for a later daemon. */
  @Override
  public void close() {
    all.values().forEach(BundleContainer::leave);
  }
}
