package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The containers by id and by name. */
final class ContainerTable {
  private final TreeMap<String, LocalContainer> byId = new TreeMap<>();
  private final Map<String, ContainerId> byName = new HashMap<>();

  /** Takes a name for a container that is being made, or invents one. */
  synchronized String reserve(Optional<String> wanted, ContainerId id) {
    var name =
        wanted
            .map(given -> Names.checked(given.startsWith("/") ? given.substring(1) : given))
            .orElseGet(() -> Names.invent(new java.util.Random(), byName::containsKey));
    var owner = byName.putIfAbsent(name, id);
    if (owner != null) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + owner
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
    return name;
  }

  /** Gives back a name whose container was not made after all. */
  synchronized void release(String name) {
    byName.remove(name);
  }

  synchronized void add(LocalContainer container) {
    byId.put(container.id().value(), container);
    byName.put(container.name(), container.id());
  }

  synchronized void remove(LocalContainer container) {
    byId.remove(container.id().value());
    byName.remove(container.name());
  }

  /** All, newest first. */
  synchronized List<LocalContainer> all() {
    var all = new ArrayList<>(byId.values());
    all.sort(Comparator.comparing(LocalContainer::created).reversed());
    return all;
  }

  synchronized LocalContainer get(ContainerId id) {
    var found = byId.get(id.value());
    if (found == null) {
      throw absent(id.value());
    }
    return found;
  }

  /** Finds by full id, then by name, then by the beginning of an id. */
  synchronized ContainerId resolve(String text) {
    var exact = byId.get(text);
    if (exact != null) {
      return exact.id();
    }
    var named = byName.get(text.startsWith("/") ? text.substring(1) : text);
    if (named != null && byId.containsKey(named.value())) {
      return named;
    }
    var matches =
        text.isEmpty()
            ? List.<String>of()
            : byId.tailMap(text, true).keySet().stream()
                .takeWhile(id -> id.startsWith(text))
                .limit(2)
                .toList();
    return switch (matches.size()) {
      case 0 -> throw absent(text);
      case 1 -> new ContainerId(matches.getFirst());
      default ->
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT,
              "Multiple IDs found with provided prefix: " + text + ". Give more of it.");
    };
  }

  private static CaissonException absent(String text) {
    return new CaissonException(ErrorCode.NOT_FOUND, "No such container: " + text);
  }
}
