package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.engine.sandbox.Sandbox;
import caisson.engine.sandbox.SandboxRequest.Kept;
import caisson.engine.sandbox.Sandboxes;
import caisson.engine.sandbox.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine that an earlier daemon started, until it is taken over: when of each of its containers
 * is known what its monitor has written, since the guest forgets what has been taken from it.
 */
final class EarlierMachine {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private final Sandboxes sandboxes;
  private final String vm;
  private final Map<BundleContainer, Optional<Kept>> known = new LinkedHashMap<>();
  private boolean over;

  EarlierMachine(Sandboxes sandboxes, String vm) {
    this.sandboxes = sandboxes;
    this.vm = vm;
  }

  /** One of its containers, before any of them is {@link #known}. */
  synchronized void add(BundleContainer container) {
    known.put(container, Optional.empty());
  }

  /**
   * The monitor of {@code container} has come, or is gone. With the last of them the machine is
   * taken over, and all are told.
   */
  synchronized void known(BundleContainer container, Kept written) {
    known.computeIfPresent(container, (_, before) -> before.or(() -> Optional.of(written)));
    if (!over && known.values().stream().allMatch(Optional::isPresent)) {
      over = true;
      adopt();
    }
  }

  private void adopt() {
    var containers = List.copyOf(known.keySet());
    var sandboxes = adopted(containers);
    for (int i = 0; i < containers.size(); i++) {
      var place = i;
      containers.get(i).adopted(sandboxes.map(all -> all.get(place)));
    }
  }

  private Optional<List<Sandbox>> adopted(List<BundleContainer> containers) {
    try {
      var tenants = containers.stream().map(this::tenant).toList();
      return sandboxes.adopt(vm, tenants);
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.WARNING, e.text());
      return Optional.empty();
    }
  }

  private Tenant tenant(BundleContainer container) {
    return container.tenant(known.getOrDefault(container, Optional.empty()).orElseThrow());
  }
}
