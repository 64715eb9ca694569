package caisson.api.docker.images;

import caisson.api.docker.Filters;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.ImageSummary;
import caisson.engine.Containers;
import caisson.images.Image;
import caisson.images.Images;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** {@code GET /images/json}. */
public final class ImageListing {
  private static final Set<String> KNOWN =
      Set.of("before", "dangling", "label", "reference", "since");
  private static final int NOT_COUNTED = -1;

  private final Images images;
  private final Containers containers;

  public ImageListing(Images images, Containers containers) {
    this.images = images;
    this.containers = containers;
  }

  void handle(Exchange exchange) throws IOException {
    var filters = Filters.parse(exchange.query().text("filters"), KNOWN);
    var before = created(filters.of("before"));
    var since = created(filters.of("since"));
    var summaries =
        images.list().stream()
            .filter(image -> passes(image, filters))
            .filter(image -> before.map(image.created()::isBefore).orElse(true))
            .filter(image -> since.map(image.created()::isAfter).orElse(true))
            .map(image -> summary(image, names(image, filters)))
            .toList();
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, summaries);
  }

  /** All images, with how many containers each has. */
  public List<ImageSummary> counted() {
    var used =
        containers.list().stream()
            .collect(
                Collectors.groupingBy(
                    container -> container.request().sandbox().image(), Collectors.counting()));
    return images.list().stream()
        .map(image -> summary(image, image.names(), used.getOrDefault(image.id(), 0L).intValue()))
        .toList();
  }

  private Optional<Instant> created(Set<String> names) {
    return names.stream().findFirst().map(name -> images.resolve(name).created());
  }

  private static boolean passes(Image image, Filters filters) {
    boolean dangling = image.names().isEmpty();
    return filters.flag("dangling").map(wanted -> wanted == dangling).orElse(true)
        && filters.labels(labels(image))
        && (filters.of("reference").isEmpty() || !names(image, filters).isEmpty());
  }

  private static Map<String, String> labels(Image image) {
    return image.config().config().map(ContainerDefaults::labels).orElse(Map.of());
  }

  /** The names that a filter by reference leaves. */
  private static List<String> names(Image image, Filters filters) {
    return image.names().stream()
        .filter(name -> filters.any("reference", pattern -> matches(pattern, name)))
        .toList();
  }

  /** The pattern is a glob for the name with its tag or without it. */
  private static boolean matches(String pattern, String name) {
    var glob = glob(pattern);
    var repository = name.substring(0, name.lastIndexOf(':'));
    return glob.matches(Path.of(name)) || glob.matches(Path.of(repository));
  }

  private static PathMatcher glob(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw BadRequest.of("invalid filter 'reference=" + pattern + "': " + e.getDescription());
    }
  }

  private static ImageSummary summary(Image image, List<String> names) {
    return summary(image, names, NOT_COUNTED);
  }

  private static ImageSummary summary(Image image, List<String> names, int containers) {
    long size = image.size().bytes();
    return new ImageSummary(
        containers,
        image.created().getEpochSecond(),
        image.id().toString(),
        labels(image),
        "",
        image.digests(),
        names,
        NOT_COUNTED,
        size,
        Optional.of(size));
  }
}
