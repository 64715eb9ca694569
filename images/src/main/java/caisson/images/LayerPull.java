package caisson.images;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.images.PullStep.LayerStep;
import caisson.registry.FetchStep;
import caisson.registry.RemoteRepository;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Brings one layer. Its archive goes into a file, which stays if the pull is broken off and from
 * which a later one goes on; right behind the network, the archive becomes a block image.
 */
final class LayerPull {
  private static final long REPORT_NANOS = 100_000_000;

  private final RemoteRepository repository;
  private final RemoteImage.Layer layer;
  private final Path partial;
  private final Consumer<LayerStep> progress;
  private volatile boolean downloaded;

  /**
   * A layer's pull.
   *
   * @param partial the file for the archive
   */
  LayerPull(
      RemoteRepository repository,
      RemoteImage.Layer layer,
      Path partial,
      Consumer<LayerStep> progress) {
    this.repository = repository;
    this.layer = layer;
    this.partial = partial;
    this.progress = progress;
  }

  /** Turns an archive into a block image, which is whole and durable, and right. */
  @FunctionalInterface
  interface Conversion {
    Path convert(InputStream archive);
  }

  /** Does it, and answers what the conversion answers. */
  Path run(Conversion conversion) {
    try {
      return attempt(conversion);
    } catch (StaleException e) {
      return attempt(conversion);
    }
  }

  /** What an earlier pull has left is damaged. */
  private static final class StaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleException(CaissonException cause) {
      super(cause);
    }
  }

  private Path attempt(Conversion conversion) {
    try (var fetch = repository.fetch(layer.blob(), partial, this::report)) {
      try {
        var image = conversion.convert(new Extraction(fetch.content()));
        delete();
        return image;
      } catch (CaissonException e) {
        throw afterCorruption(e, fetch.resumed());
      }
    }
  }

  private RuntimeException afterCorruption(CaissonException e, boolean resumed) {
    if (e.code() != ErrorCode.CORRUPT) {
      return e;
    }
    delete();
    return resumed ? new StaleException(e) : e;
  }

  private void delete() {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES, "cannot remove the download " + partial + ": " + e, e);
    }
  }

  private void report(FetchStep step) {
    downloaded = step instanceof FetchStep.Complete;
    progress.accept(
        switch (step) {
          case FetchStep.Downloading(var bytes) -> new LayerStep.Downloading(bytes, total());
          case FetchStep.Retrying(var pause) -> new LayerStep.Retrying(pause);
          case FetchStep.Verifying() -> new LayerStep.Verifying();
          case FetchStep.Complete() -> new LayerStep.Downloaded();
        });
  }

  private long total() {
    return layer.blob().size();
  }

  /** Tells how much has been read, once that is what people are waiting for. */
  private final class Extraction extends FilterInputStream {
    private long bytes;
    private long reported = System.nanoTime();

    Extraction(InputStream source) {
      super(source);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int more) {
      bytes += more;
      long now = System.nanoTime();
      if (downloaded && now - reported >= REPORT_NANOS) {
        reported = now;
        progress.accept(new LayerStep.Extracting(bytes, total()));
      }
    }
  }
}
