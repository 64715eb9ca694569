package caisson.engine.local;

import caisson.base.Absent;
import caisson.base.ByteSize;
import caisson.base.ContainerId;
import caisson.base.Digest;
import caisson.engine.ContainerRequest;
import caisson.engine.ContainerUpdate;
import caisson.engine.LogLimits;
import caisson.engine.NameResolution;
import caisson.engine.NetworkMode;
import caisson.engine.RestartPolicy;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.linux.DurableFiles;
import caisson.oci.Json;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a container is, kept in its directory as {@code container.json}. */
record StoredContainer(ContainerId id, String name, Instant created, ContainerRequest request) {
  private static final String FILE = "container.json";

  /** The same under another name. */
  StoredContainer renamed(String other) {
    return new StoredContainer(id, other, created, request);
  }

  /** The same after an update. */
  StoredContainer updated(ContainerUpdate update) {
    return new StoredContainer(id, name, created, request.updated(update));
  }

  /** Writes it into {@code directory}; durable when this returns. */
  void write(Path directory) throws IOException {
    DurableFiles.write(directory.resolve(FILE), Json.write(Document.of(this)));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws caisson.base.CaissonException CORRUPT if it is anything else
   */
  static StoredContainer read(Path directory) throws IOException {
    var file = directory.resolve(FILE);
    return Json.read(Files.readAllBytes(file), Document.class, file.toString()).container();
  }

  /** The file's form: times in ISO 8601, durations in milliseconds, sizes in bytes. */
  record Document(
      String id,
      String name,
      String created,
      Spec spec,
      String image,
      String imageName,
      long disk,
      NetworkMode network,
      List<StoredPort> ports,
      List<String> groups,
      boolean init,
      @Nullable NameResolution names,
      boolean openStdin,
      boolean stdinOnce,
      int stopSignal,
      long stopGraceMillis,
      boolean autoRemove,
      @Nullable RestartPolicy restart,
      Optional<HealthCheckDocument> health,
      long logFileSize,
      int logFiles,
      Map<String, String> labels,
      String frontEnd) {
    static Document of(StoredContainer container) {
      var request = container.request();
      var sandbox = request.sandbox();
      return new Document(
          container.id().value(),
          container.name(),
          container.created().toString(),
          request.spec(),
          sandbox.image().toString(),
          sandbox.imageName(),
          sandbox.disk().bytes(),
          sandbox.network(),
          sandbox.ports().stream().map(StoredPort::of).toList(),
          sandbox.groups(),
          sandbox.init(),
          sandbox.names(),
          request.openStdin(),
          request.stdinOnce(),
          request.stopSignal().number(),
          request.stopGrace().toMillis(),
          request.autoRemove(),
          request.restart(),
          request.health().map(HealthCheckDocument::of),
          request.logLimits().fileSize().bytes(),
          request.logLimits().files(),
          request.labels(),
          request.frontEnd());
    }

    StoredContainer container() {
      var sandbox =
          new SandboxOptions(
              Digest.parse(image),
              imageName,
              new ByteSize(disk),
              network,
              Absent.list(ports).stream().map(StoredPort::request).toList(),
              Absent.list(groups),
              init,
              names == null ? NameResolution.DEFAULT : names);
      var request =
          new ContainerRequest(
              Optional.of(name),
              spec,
              sandbox,
              openStdin,
              stdinOnce,
              new Signal(stopSignal),
              Duration.ofMillis(stopGraceMillis),
              autoRemove,
              restart == null ? RestartPolicy.NEVER : restart,
              health.map(HealthCheckDocument::check),
              new LogLimits(new ByteSize(logFileSize), logFiles),
              labels == null ? Map.of() : labels,
              frontEnd == null ? "" : frontEnd);
      return new StoredContainer(new ContainerId(id), name, Instant.parse(created), request);
    }
  }
}
