package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.VmId;
import caisson.vmm.VmSpec;
import caisson.vmm.VmTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The templates of this host. One that is missing is made in the background, while the machine that
 * asked for it boots cold.
 */
final class Templates implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.vmm");

  /** After so many failures nothing is made for a key any more until the daemon is restarted. */
  private static final int MOST_FAILURES = 3;

  /** The memory of a template that no machine shares is given back after this time. */
  private static final Duration IDLE = Duration.ofHours(1);

  /** A template that no machine was started from for so long is removed. */
  private static final Duration UNUSED = Duration.ofDays(7);

  /** How often it is looked for such ones. */
  private static final Duration LOOK = Duration.ofHours(1);

  private static final String NO_FAILURE = "";

  private final TemplateOrigin origin;
  private final TemplateStore store;
  private final TemplateMaker maker;
  private final Map<TemplateKey, State> states = new HashMap<>();
  private final Map<TemplateKey, Integer> failures = new HashMap<>();
  private final Set<VmId> originals = ConcurrentHashMap.newKeySet();
  private final List<Thread> makers = new ArrayList<>();
  private Optional<String> known = Optional.empty();
  private Instant looked = Instant.MIN;

  /** What there is for a key. */
  private sealed interface State {
    /**
     * It is on its way.
     *
     * @param result why there is none, or {@link #NO_FAILURE}
     */
    record Making(CompletableFuture<String> result) implements State {}

    record Ready(Template template) implements State {}
  }

  Templates(QemuConfig config, QemuMachines machines) {
    this.origin = new TemplateOrigin(config, new HostDescription(config));
    this.store = new TemplateStore(config.cacheDirectory().resolve("templates"));
    this.maker = new TemplateMaker(machines, store);
  }

  /** Machines that are being made into templates. */
  Set<VmId> originals() {
    return Set.copyOf(originals);
  }

  TemplateKey key(VmSpec spec, Accelerator accelerator) {
    return TemplateKey.of(spec, accelerator, origin(accelerator));
  }

  /** What there is of this accelerator's, the smallest first. */
  synchronized List<VmTemplate> list(Accelerator accelerator) {
    var current = origin(accelerator);
    var all = new ArrayList<VmTemplate>();
    for (var key : store.keys(current, accelerator)) {
      int clones = states.get(key) instanceof State.Ready(var template) ? template.clones() : 0;
      store.describe(key, clones).ifPresent(all::add);
    }
    states.forEach((key, state) -> {
      if (state instanceof State.Making) {
        all.add(key.unfinished());
      }
    });
    all.sort(Comparator.comparing(VmTemplate::memory).thenComparingInt(VmTemplate::cpus));
    return all;
  }

  /**
   * Makes the template for {@code key} unless there is one, however often that has failed before.
   *
   * @throws CaissonException if it cannot be made
   */
  void require(TemplateKey key) {
    CompletableFuture<String> result;
    synchronized (this) {
      failures.remove(key);
      if (get(key).isPresent() || !(states.get(key) instanceof State.Making(var coming))) {
        return;
      }
      result = coming;
    }
    var reason = result.join();
    if (!reason.isEmpty()) {
      throw new CaissonException(ErrorCode.VM_FAILED, reason);
    }
  }

  /** Removes the template; CONFLICT while it is being made, NOT_FOUND if there is none. */
  synchronized void remove(String name, Accelerator accelerator) {
    var key = TemplateKey.parse(origin(accelerator), name, accelerator);
    var state = key.map(states::get).orElse(null);
    if (state instanceof State.Making) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "the template " + name + " is being made; remove it when it is there");
    }
    if (key.isEmpty() || !store.remove(key.get())) {
      throw new CaissonException(ErrorCode.NOT_FOUND, "there is no template " + name);
    }
    if (state instanceof State.Ready(var template)) {
      template.close();
      states.remove(key.get());
    }
  }

  private synchronized String origin(Accelerator accelerator) {
    if (known.isEmpty()) {
      var found = origin.of(accelerator);
      store.retain(found);
      known = Optional.of(found);
    }
    return known.get();
  }

  /** The template for {@code key}; if there is none one is made, for those who ask later. */
  synchronized Optional<Template> get(TemplateKey key) {
    giveBackIdle(key);
    var found =
        switch (states.get(key)) {
          case State.Ready(var template) -> Optional.of(template);
          case State.Making _ -> Optional.<Template>empty();
          case null -> find(key);
        };
    found.ifPresent(_ -> store.use(key));
    removeUnused(key.origin());
    return found;
  }

  private void removeUnused(String origin) {
    var now = Instant.now();
    if (looked.isBefore(now.minus(LOOK))) {
      looked = now;
      var inUse = states.keySet().stream().map(TemplateKey::name).collect(Collectors.toSet());
      store.removeUnused(origin, now.minus(UNUSED), inUse);
    }
  }

  /** Those that nobody uses stay on disk, from where they come back when they are asked for. */
  private void giveBackIdle(TemplateKey wanted) {
    states
        .entrySet()
        .removeIf(entry -> {
          boolean idle =
              !entry.getKey().equals(wanted)
                  && entry.getValue() instanceof State.Ready(var template)
                  && template.isIdle(IDLE);
          if (idle && entry.getValue() instanceof State.Ready(var template)) {
            template.close();
          }
          return idle;
        });
  }

  private Optional<Template> find(TemplateKey key) {
    var loaded = store.load(key);
    if (loaded.isPresent()) {
      states.put(key, new State.Ready(loaded.get()));
    } else if (failures.getOrDefault(key, 0) < MOST_FAILURES) {
      states.put(key, new State.Making(new CompletableFuture<>()));
      makers.removeIf(thread -> !thread.isAlive());
      makers.add(Thread.ofPlatform().name("template-" + key.name()).start(() -> make(key)));
    }
    return loaded;
  }

  private void make(TemplateKey key) {
    var id = VmId.random();
    originals.add(id);
    try {
      ready(key, maker.make(key, id));
    } catch (CaissonException e) {
      failed(key, "no template for machines of " + key.name() + " was made: " + e.text());
    } finally {
      originals.remove(id);
    }
  }

  private synchronized void ready(TemplateKey key, Template template) {
    if (states.put(key, new State.Ready(template)) instanceof State.Making(var result)) {
      result.complete(NO_FAILURE);
    }
  }

  /** A clone of {@code template} did not come up, where a machine without it did. */
  synchronized void reject(TemplateKey key, Template template, String why) {
    if (new State.Ready(template).equals(states.get(key))) {
      template.close();
      store.remove(key);
      failed(key, "the template for machines of " + key.name() + " is of no use: " + why);
    }
  }

  private synchronized void failed(TemplateKey key, String why) {
    if (states.remove(key) instanceof State.Making(var result)) {
      result.complete(why);
    }
    failures.merge(key, 1, Integer::sum);
    LOG.log(System.Logger.Level.WARNING, why);
  }

  /** Gives up what is being made; nothing is left of it. */
  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      running = List.copyOf(makers);
    }
    running.forEach(Thread::interrupt);
    try {
      for (var thread : running) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
