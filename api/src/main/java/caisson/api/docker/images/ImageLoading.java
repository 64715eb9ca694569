package caisson.api.docker.images;

import caisson.api.docker.JsonLines;
import caisson.api.docker.PlatformThread;
import caisson.api.http.Exchange;
import caisson.api.wire.Progress;
import caisson.base.CaissonException;
import caisson.images.Image;
import caisson.images.Images;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** {@code POST /images/load}. */
final class ImageLoading {
  private final Images images;

  ImageLoading(Images images) {
    this.images = images;
  }

  void load(Exchange exchange) throws IOException, InterruptedException {
    boolean quiet = exchange.query().flag("quiet");
    try (var lines = new JsonLines(exchange)) {
      Consumer<String> progress = quiet ? _ -> {} : text -> send(lines, Progress.status(text));
      report(
          lines,
          () -> {
            var loaded =
                PlatformThread.call("image-load", () -> images.load(exchange.body(), progress));
            for (var image : loaded) {
              for (var name : namesOrId(image)) {
                lines.write(Progress.stream("Loaded image" + name + "\n"));
              }
            }
          });
    }
  }

  private static List<String> namesOrId(Image image) {
    return image.names().isEmpty()
        ? List.of(" ID: " + image.id())
        : image.names().stream().map(name -> ": " + name).toList();
  }

  /** Something that may fail after its answer has begun. */
  interface Reported {
    void run() throws IOException, InterruptedException;
  }

  /** Once the answer has begun, an error is its last line. */
  static void report(JsonLines lines, Reported work) throws IOException, InterruptedException {
    try {
      work.run();
    } catch (CaissonException e) {
      if (!lines.begun()) {
        throw e;
      }
      lines.write(Progress.error(e.text()));
    }
  }

  private static void send(JsonLines lines, Progress progress) {
    try {
      lines.write(progress);
    } catch (IOException e) {
      throw new UncheckedIOException("the client went away", e);
    }
  }
}
