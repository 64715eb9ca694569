package caisson.api.docker.images;

import caisson.api.docker.ImageHealth;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.wire.ImageDefaults;
import caisson.api.wire.ImageDetails;
import caisson.api.wire.ImageHistory;
import caisson.images.Image;
import caisson.images.Images;
import caisson.oci.image.ImageConfig;
import caisson.oci.image.ImageConfig.ContainerDefaults;
import caisson.oci.image.ImageConfig.History;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What an image is and how it came to be. */
final class ImageInspection {
  private final Images images;

  ImageInspection(Images images) {
    this.images = images;
  }

  void details(Exchange exchange) throws IOException {
    var image = images.resolve(exchange.path("name"));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, details(image));
  }

  private static ImageDetails details(Image image) {
    var config = image.config();
    long size = image.size().bytes();
    var comment = config.history().isEmpty() ? "" : comment(config.history().getLast());
    return new ImageDetails(
        image.id().toString(),
        image.names(),
        image.digests(),
        "",
        comment,
        image.created(),
        config.dockerVersion().orElse(""),
        config.author().orElse(""),
        defaults(config.config().orElse(ContainerDefaults.NONE)),
        config.architecture(),
        config.variant().orElse(""),
        config.os(),
        size,
        Optional.of(size),
        new ImageDetails.RootFs(
            "layers", config.rootfs().map(ImageConfig.Rootfs::diffIds).orElse(List.of())));
  }

  private static ImageDefaults defaults(ContainerDefaults image) {
    return new ImageDefaults(
        image.user().orElse(""),
        image.exposedPorts(),
        image.env(),
        words(image.entrypoint()),
        words(image.cmd()),
        image.volumes(),
        image.workingDir().orElse(""),
        image.labels(),
        image.stopSignal(),
        image.healthcheck().map(ImageHealth::of));
  }

  private static Optional<List<String>> words(List<String> words) {
    return Optional.of(words).filter(it -> !it.isEmpty());
  }

  void history(Exchange exchange) throws IOException {
    var image = images.resolve(exchange.path("name"));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, history(image));
  }

  /** The steps, newest first; each that is not empty has the next layer. */
  private List<ImageHistory> history(Image image) throws IOException {
    var layers = sizes(images.layers(image.id()));
    var steps = new ArrayList<ImageHistory>();
    int last = image.config().history().size() - 1;
    for (int i = 0; i <= last; i++) {
      var step = image.config().history().get(i);
      boolean empty = step.emptyLayer().orElse(false);
      long size = empty || layers.isEmpty() ? 0 : layers.removeFirst();
      steps.add(
          new ImageHistory(
              i == last ? image.id().toString() : "<missing>",
              seconds(step.created()),
              step.createdBy().orElse(""),
              i == last ? image.names() : List.of(),
              size,
              comment(step)));
    }
    Collections.reverse(steps);
    return steps;
  }

  private static Deque<Long> sizes(List<Path> layers) throws IOException {
    var sizes = new ArrayDeque<Long>();
    for (var layer : layers) {
      sizes.addLast(Files.size(layer));
    }
    return sizes;
  }

  private static String comment(History step) {
    return step.comment().orElse("");
  }

  private static long seconds(Optional<String> created) {
    try {
      return created.map(text -> OffsetDateTime.parse(text).toEpochSecond()).orElse(0L);
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}
