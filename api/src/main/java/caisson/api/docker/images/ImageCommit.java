package caisson.api.docker.images;

import caisson.api.docker.JsonAnswer;
import caisson.api.docker.PlatformThread;
import caisson.api.docker.containers.ContainerDocument;
import caisson.api.docker.containers.MergedConfig;
import caisson.api.docker.containers.UnsupportedFields;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.http.Query;
import caisson.api.wire.ContainerConfig;
import caisson.api.wire.Created;
import caisson.api.wire.WireJson;
import caisson.base.ContainerId;
import caisson.engine.Containers;
import caisson.images.Commit;
import caisson.images.Image;
import caisson.images.Images;
import caisson.images.Reference;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code POST /commit}: an image of a container's image and what the container has of its own. */
final class ImageCommit {
  /** What clients send that want the container's own configuration. */
  private static final Set<String> NOTHING = Set.of("", "null", "{}");

  private final Images images;
  private final Containers containers;

  ImageCommit(Images images, Containers containers) {
    this.images = images;
    this.containers = containers;
  }

  void handle(Exchange exchange) throws IOException, InterruptedException {
    var asked = configuration(exchange);
    var query = exchange.query();
    var name =
        query.text("container").orElseThrow(() -> BadRequest.of("container, its name, is missing"));
    var id = containers.resolve(name);
    var commit = commit(id, query, asked);
    boolean still = query.text("pause").isEmpty() || query.flag("pause");
    var image =
        PlatformThread.call("commit", () -> images.commit(commit, to -> read(id, still, to)));
    containers.report(id, "commit", attributes(commit, image));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_CREATED, new Created(image.id().toString()));
  }

  /** What goes before the container's own configuration. */
  private static Optional<ContainerConfig> configuration(Exchange exchange) throws IOException {
    byte[] body = exchange.bodyBytes();
    if (NOTHING.contains(new String(body, StandardCharsets.UTF_8).strip())) {
      return Optional.empty();
    }
    UnsupportedFields.refuse(WireJson.tree(body));
    return Optional.of(WireJson.read(body, ContainerConfig.class));
  }

  private Commit commit(ContainerId id, Query query, Optional<ContainerConfig> asked) {
    var container = containers.inspect(id);
    var config = ContainerDocument.read(container).config();
    var own = CommittedDefaults.of(config);
    var defaults = asked.map(it -> CommittedDefaults.of(MergedConfig.of(it, own))).orElse(own);
    return new Commit(
        container.request().sandbox().image(),
        ImportChanges.apply(defaults, query.all("changes")),
        query.text("author"),
        query.text("comment"),
        String.join(" ", command(config)),
        query.text("repo").map(repo -> ImageTagging.name(repo, query.text("tag"))));
  }

  private static Map<String, String> attributes(Commit commit, Image image) {
    return Map.of(
        "comment",
        commit.comment().orElse(""),
        "imageID",
        image.id().toString(),
        "imageRef",
        commit.name().map(Reference::familiar).orElse(""));
  }

  private static List<String> command(ContainerConfig config) {
    var words = new ArrayList<>(config.command().entrypoint().orElse(List.of()));
    words.addAll(config.command().cmd().orElse(List.of()));
    return words;
  }

  private void read(ContainerId id, boolean still, OutputStream to) throws IOException {
    try (var files = containers.files(id)) {
      files.readLayer(still, to);
    }
  }
}
