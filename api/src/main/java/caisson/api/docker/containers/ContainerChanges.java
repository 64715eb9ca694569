package caisson.api.docker.containers;

import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.wire.FilesystemChange;
import caisson.engine.Containers;
import caisson.engine.FileChange;
import java.io.IOException;
import java.net.HttpURLConnection;

/** {@code GET /containers/ID/changes}: what a container has changed in its image. */
final class ContainerChanges {
  private final Containers containers;

  ContainerChanges(Containers containers) {
    this.containers = containers;
  }

  void handle(Exchange exchange) throws IOException {
    try (var files = containers.files(containers.resolve(exchange.path("id")))) {
      var changes = files.changes().stream().map(ContainerChanges::wire).toList();
      JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, changes);
    }
  }

  private static FilesystemChange wire(FileChange change) {
    int kind =
        switch (change.kind()) {
          case CHANGED -> 0;
          case ADDED -> 1;
          case DELETED -> 2;
        };
    return new FilesystemChange(change.path(), kind);
  }
}
