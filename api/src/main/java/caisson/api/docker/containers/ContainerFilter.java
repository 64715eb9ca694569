package caisson.api.docker.containers;

import caisson.api.docker.Filters;
import caisson.api.http.BadRequest;
import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.engine.Container;
import caisson.engine.ContainerState;
import caisson.images.Images;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Which containers a list shows. */
final class ContainerFilter {
  private static final Set<String> KNOWN =
      Set.of(
          "ancestor",
          "before",
          "exited",
          "health",
          "id",
          "label",
          "name",
          "network",
          "since",
          "status");
  private static final Set<String> STATES =
      Set.of("created", "restarting", "running", "removing", "paused", "exited", "dead");

  private final Filters filters;
  private final boolean stoppedToo;
  private final Set<String> ancestors;
  private final Optional<Instant> before;
  private final Optional<Instant> since;

  private ContainerFilter(Filters filters, boolean all, List<Container> containers, Images images) {
    this.filters = filters;
    this.stoppedToo = all || !filters.of("status").isEmpty() || !filters.of("exited").isEmpty();
    this.ancestors = ids(filters.of("ancestor"), images);
    this.before = created(filters.of("before"), containers);
    this.since = created(filters.of("since"), containers);
  }

  /**
   * Reads a query's filters.
   *
   * @param all whether containers that do not run are shown without being asked for
   */
  static ContainerFilter parse(
      Optional<String> text, List<Container> containers, Images images, boolean all) {
    var filters = Filters.parse(text, KNOWN);
    for (var state : filters.of("status")) {
      if (!STATES.contains(state)) {
        throw BadRequest.of("invalid filter 'status=" + state + "'");
      }
    }
    return new ContainerFilter(filters, all, containers, images);
  }

  private static Set<String> ids(Set<String> names, Images images) {
    return names.stream()
        .flatMap(name -> found(name, images).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** An ancestor that does not exist is no error: it has no containers. */
  private static Optional<String> found(String name, Images images) {
    try {
      return Optional.of(images.resolve(name).id().toString());
    } catch (CaissonException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> created(Set<String> names, List<Container> containers) {
    return names.stream()
        .findFirst()
        .map(name ->
            containers.stream()
                .filter(each -> each.name().equals(name) || each.id().value().startsWith(name))
                .findFirst()
                .orElseThrow(() -> BadRequest.of("No such container: " + name))
                .created());
  }

  boolean passes(Container container) {
    return (stoppedToo || StateText.runs(container.state()))
        && filters.any("id", id -> isBeginning(id, container.id()))
        && filters.any("name", name -> matches(name, container.name()))
        && filters.any("status", status -> status.equals(StateText.word(container.state())))
        && filters.any("health", wanted -> wanted.equals(health(container)))
        && filters.any("exited", code -> exitedWith(code, container.state()))
        && filters.any("network", mode -> inNetwork(mode, container))
        && filters.labels(container.request().labels())
        && isDescendant(container)
        && before.map(container.created()::isBefore).orElse(true)
        && since.map(container.created()::isAfter).orElse(true);
  }

  private static String health(Container container) {
    return container.health().map(it -> it.status().word()).orElse("none");
  }

  private static boolean isBeginning(String text, ContainerId id) {
    return id.value().startsWith(text);
  }

  /** A name is a regular expression, as it is for dockerd, with or without the leading slash. */
  private static boolean matches(String expression, String name) {
    try {
      var pattern = Pattern.compile(expression);
      return pattern.matcher("/" + name).find() || pattern.matcher(name).find();
    } catch (PatternSyntaxException e) {
      throw BadRequest.of("invalid filter 'name=" + expression + "': " + e.getDescription());
    }
  }

  private static boolean exitedWith(String text, ContainerState state) {
    try {
      int code = Integer.parseInt(text);
      return state instanceof ContainerState.Exited exited && exited.code() == code;
    } catch (NumberFormatException e) {
      throw BadRequest.of("invalid filter 'exited=" + text + "': a number is expected");
    }
  }

  private static boolean inNetwork(String mode, Container container) {
    return ContainerNetworks.name(ContainerDocument.read(container)).equals(mode);
  }

  private boolean isDescendant(Container container) {
    return filters.of("ancestor").isEmpty()
        || ancestors.contains(container.request().sandbox().image().toString());
  }
}
