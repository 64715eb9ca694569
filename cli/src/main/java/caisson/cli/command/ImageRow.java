package caisson.cli.command;

import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.output.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A name of an image in a list, or an image without one.
 *
 * @param truncated whether long values are cut
 */
record ImageRow(Json summary, String repository, String tag, boolean truncated, Instant now) {
  private static final String NONE = "<none>";

  /** The rows of an image: one for each name, or for what registries call it. */
  static List<ImageRow> of(Json summary, boolean truncated, Instant now) {
    var names = summary.at("RepoTags").texts();
    return (names.isEmpty() ? repositories(summary) : names)
        .stream().map(name -> named(summary, name, truncated, now)).toList();
  }

  private static List<String> repositories(Json summary) {
    var repositories =
        summary.at("RepoDigests").texts().stream()
            .map(digest -> digest.replaceFirst("@.*", ":" + NONE))
            .distinct()
            .toList();
    return repositories.isEmpty() ? List.of(NONE + ":" + NONE) : repositories;
  }

  private static ImageRow named(Json summary, String name, boolean truncated, Instant now) {
    int colon = name.lastIndexOf(':');
    return colon < 0
        ? new ImageRow(summary, name, NONE, truncated, now)
        : new ImageRow(
            summary, name.substring(0, colon), name.substring(colon + 1), truncated, now);
  }

  String id() {
    var id = summary.at("Id").text();
    return truncated ? Human.shortId(id) : id;
  }

  String createdSince() {
    return created().getEpochSecond() <= 0
        ? "N/A"
        : Human.duration(Duration.between(created(), now)) + " ago";
  }

  private Instant created() {
    return Instant.ofEpochSecond(summary.at("Created").number());
  }

  String size() {
    return Human.size(summary.at("Size").number());
  }

  /** What a format can name. */
  Json fields() {
    return new JsonObject()
        .with("ID", id())
        .with("Repository", repository)
        .with("Tag", tag)
        .with("CreatedSince", createdSince())
        .with("CreatedAt", created().toString())
        .with("Size", size())
        .build();
  }
}
