package caisson.api.docker.images;

import caisson.api.docker.JsonLines;
import caisson.api.wire.Progress;
import caisson.base.Digest;
import caisson.images.PullRequest;
import caisson.images.PullStep;
import caisson.images.PullStep.LayerStep;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Tells a client how a pull goes on, in Docker's words. */
final class PullLines implements Consumer<PullStep>, AutoCloseable {
  private final JsonLines lines;
  private boolean closed;

  PullLines(JsonLines lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void accept(PullStep step) {
    try {
      for (var line : closed ? List.<Progress>of() : lines(step)) {
        lines.write(line);
      }
    } catch (IOException e) {
      // Whoever watches the connection breaks the pull off.
      closed = true;
    }
  }

  static List<Progress> lines(PullStep step) {
    return switch (step) {
      case PullStep.Begun(var request) -> List.of(begun(request));
      case PullStep.OfLayer(var blob, var layerStep) -> List.of(line(blob, layerStep));
      case PullStep.Done(var request, var digest, var fresh) ->
          List.of(
              Progress.status("Digest: " + digest),
              Progress.status(
                  (fresh
                          ? "Status: Downloaded newer image for "
                          : "Status: Image is up to date for ")
                      + request.familiar()));
    };
  }

  private static Progress begun(PullRequest request) {
    var asked = request.digest().map(Digest::toString).orElse(request.name().tag());
    return Progress.about(asked, "Pulling from " + request.name().path());
  }

  private static Progress line(Digest blob, LayerStep step) {
    var id = blob.abbreviated();
    return switch (step) {
      case LayerStep.Listed() -> Progress.step(id, "Pulling fs layer");
      case LayerStep.Present() -> Progress.step(id, "Already exists");
      case LayerStep.Waiting() -> Progress.step(id, "Waiting");
      case LayerStep.Downloading(var bytes, var total) ->
          Progress.step(id, "Downloading", bytes, total);
      case LayerStep.Retrying(var pause) ->
          Progress.step(id, "Retrying in " + pause.plusMillis(999).toSeconds() + " s");
      case LayerStep.Verifying() -> Progress.step(id, "Verifying Checksum");
      case LayerStep.Downloaded() -> Progress.step(id, "Download complete");
      case LayerStep.Extracting(var bytes, var total) ->
          Progress.step(id, "Extracting", bytes, total);
      case LayerStep.Complete() -> Progress.step(id, "Pull complete");
    };
  }

  /** Nothing is written after this. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}
