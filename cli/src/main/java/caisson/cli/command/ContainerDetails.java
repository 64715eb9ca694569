package caisson.cli.command;

import caisson.cli.json.Json;

/** What the daemon knows of a container. */
record ContainerDetails(Json document) {
  static ContainerDetails of(Session session, String container) {
    return new ContainerDetails(session.api().get(ContainerTarget.of(container, "json")));
  }

  String id() {
    return document.at("Id").text();
  }

  boolean terminal() {
    return document.at("Config").at("Tty").flag();
  }

  boolean openStdin() {
    return document.at("Config").at("OpenStdin").flag();
  }

  /** Whether it is removed when it has ended. */
  boolean removed() {
    return document.at("HostConfig").at("AutoRemove").flag();
  }

  /** The host's ports by the container's. */
  Json ports() {
    return document.at("NetworkSettings").at("Ports");
  }

  boolean running() {
    return document.at("State").at("Running").flag();
  }

  boolean paused() {
    return document.at("State").at("Paused").flag();
  }
}
