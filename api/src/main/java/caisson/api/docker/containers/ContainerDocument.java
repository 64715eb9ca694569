package caisson.api.docker.containers;

import caisson.api.wire.CreateContainer;
import caisson.api.wire.WireJson;
import caisson.engine.Container;
import java.nio.charset.StandardCharsets;

/** What the Docker API keeps with each container: its configuration as {@code inspect} shows it. */
public final class ContainerDocument {
  private ContainerDocument() {}

  static String write(CreateContainer document) {
    return new String(WireJson.write(document), StandardCharsets.UTF_8);
  }

  public static CreateContainer read(Container container) {
    return WireJson.read(
        container.request().frontEnd().getBytes(StandardCharsets.UTF_8), CreateContainer.class);
  }
}
