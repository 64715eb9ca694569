package caisson.cli.command;

import caisson.cli.json.Json;
import caisson.cli.json.JsonObject;
import caisson.cli.json.JsonText;
import caisson.cli.output.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A container in a list.
 *
 * @param truncated whether long values are cut
 */
record ContainerRow(Json summary, boolean truncated, Instant now) {
  private static final int COMMAND_WIDTH = 20;

  String id() {
    var id = summary.at("Id").text();
    return truncated ? Human.shortId(id) : id;
  }

  String image() {
    var image = summary.at("Image").text();
    if (image.isEmpty()) {
      return "<no image>";
    }
    boolean isId = summary.at("ImageID").text().equals(image);
    return truncated && isId ? Human.shortId(image) : image;
  }

  /** The command in quotes. */
  String command() {
    var command = summary.at("Command").text();
    var shown = truncated ? Human.ellipsis(command, COMMAND_WIDTH) : command;
    return JsonText.write(Json.of(shown));
  }

  String runningFor() {
    return Human.duration(Duration.between(created(), now)) + " ago";
  }

  private Instant created() {
    return Instant.ofEpochSecond(summary.at("Created").number());
  }

  String status() {
    return summary.at("Status").text();
  }

  String ports() {
    return summary.at("Ports").values().stream()
        .map(ContainerRow::port)
        .collect(Collectors.joining(", "));
  }

  private static String port(Json port) {
    var inside = port.at("PrivatePort").text() + "/" + port.at("Type").text();
    var outside = port.at("PublicPort").text();
    var ip = port.at("IP").text();
    var address = ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
    return outside.isEmpty() ? inside : address + ":" + outside + "->" + inside;
  }

  String names() {
    return summary.at("Names").texts().stream()
        .map(name -> name.startsWith("/") ? name.substring(1) : name)
        .collect(Collectors.joining(","));
  }

  private String labels() {
    return summary.at("Labels").members().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue().text())
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** What a format can name. */
  Json fields() {
    return new JsonObject()
        .with("ID", id())
        .with("Image", image())
        .with("Command", command())
        .with("CreatedAt", created().toString())
        .with("RunningFor", runningFor())
        .with("Ports", ports())
        .with("State", summary.at("State").text())
        .with("Status", status())
        .with("Names", names())
        .with("Labels", labels())
        .with("Networks", String.join(",", networks()))
        .build();
  }

  private Set<String> networks() {
    return summary.at("NetworkSettings").at("Networks").members().keySet();
  }
}
