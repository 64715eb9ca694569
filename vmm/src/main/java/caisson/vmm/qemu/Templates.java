package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.vmm.VmId;
import caisson.vmm.VmSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates of this host. One that is missing is made in the background, while the machine that
 * asked for it boots cold.
 */
final class Templates implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("caisson.vmm");

  /** After so many failures nothing is made for a key any more until the daemon is restarted. */
  private static final int MOST_FAILURES = 3;

  private final TemplateOrigin origin;
  private final TemplateStore store;
  private final TemplateMaker maker;
  private final Map<TemplateKey, State> states = new HashMap<>();
  private final Map<TemplateKey, Integer> failures = new HashMap<>();
  private final Set<VmId> originals = ConcurrentHashMap.newKeySet();
  private final List<Thread> makers = new ArrayList<>();
  private Optional<String> known = Optional.empty();

  /** What there is for a key. */
  private sealed interface State {
    record Making() implements State {}

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
    return switch (states.get(key)) {
      case State.Ready(var template) -> Optional.of(template);
      case State.Making() -> Optional.empty();
      case null -> find(key);
    };
  }

  private Optional<Template> find(TemplateKey key) {
    var loaded = store.load(key);
    if (loaded.isPresent()) {
      states.put(key, new State.Ready(loaded.get()));
    } else if (failures.getOrDefault(key, 0) < MOST_FAILURES) {
      states.put(key, new State.Making());
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
    states.put(key, new State.Ready(template));
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
    states.remove(key);
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
