package caisson.registry;

import caisson.base.CaissonException;
import caisson.base.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * A blob on its way into a file. One thread brings it; {@link #content} is read right behind it and
 * ends when all of it is there and has the right digest. The network does not wait for the reader.
 */
public final class BlobFetch implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  /** People do not read faster. */
  private static final long REPORT_NANOS = 100_000_000;

  private final BlobSource source;
  private final Digest expected;
  private final BlobFile file;
  private final Timeouts timeouts;
  private final Consumer<FetchStep> progress;
  private final MessageDigest actual = Digest.sha256();
  private final Thread thread;

  private long reported = System.nanoTime() - REPORT_NANOS;

  private BlobFetch(
      BlobSource source,
      Digest expected,
      BlobFile file,
      Timeouts timeouts,
      Consumer<FetchStep> progress) {
    this.source = source;
    this.expected = expected;
    this.file = file;
    this.timeouts = timeouts;
    this.progress = progress;
    this.thread = Thread.ofPlatform().name("blob-" + expected.abbreviated()).unstarted(this::run);
  }

  static BlobFetch start(
      BlobSource source,
      Digest expected,
      Path file,
      Timeouts timeouts,
      Consumer<FetchStep> progress) {
    if (source.size() < 0) {
      throw source.corrupt("has a manifest with a blob of " + source.size() + " bytes");
    }
    var blob = BlobFile.open(file, source.size());
    var fetch = new BlobFetch(source, expected, blob, timeouts, progress);
    fetch.thread.start();
    return fetch;
  }

  /** Whether a part was there before. */
  public boolean resumed() {
    return file.found() > 0;
  }

  /**
   * The blob, as far as it has come and then as it comes. After a failure with the code CORRUPT,
   * nothing in the file can be relied on.
   *
   * @return a stream whose reads fail with a {@link CaissonException} when the fetch does
   */
  public InputStream content() {
    return file.content();
  }

  private void run() {
    try {
      file.readFound(actual::update);
      fetchRest();
      progress.accept(new FetchStep.Verifying());
      var digest = Digest.finish(actual);
      if (!digest.equals(expected)) {
        throw source.corrupt("sends a blob with the digest " + digest);
      }
      progress.accept(new FetchStep.Complete());
      file.complete();
    } catch (CaissonException e) {
      file.fail(e);
    } catch (IOException e) {
      file.fail(NetworkFailure.of(e, source.uri()));
    } catch (RuntimeException | Error e) {
      file.fail(source.corrupt("made its client fail: " + e));
      throw e;
    }
  }

  private void fetchRest() throws IOException {
    var patience =
        Patience.ofBlob(timeouts, pause -> progress.accept(new FetchStep.Retrying(pause)));
    while (file.length() < source.size()) {
      long before = file.length();
      try {
        source.read(before, this::append);
      } catch (IOException e) {
        if (file.length() - before >= Timeouts.PROGRESS) {
          patience.restore();
        }
        patience.await(e);
      }
    }
  }

  private void append(InputStream body) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      if (count > source.size() - file.length()) {
        throw source.corrupt("sends more than the " + source.size() + " bytes of its manifest");
      }
      file.append(buffer, count);
      actual.update(buffer, 0, count);
      report();
    }
    if (file.length() < source.size()) {
      throw new EOFException();
    }
  }

  private void report() {
    long now = System.nanoTime();
    if (now - reported >= REPORT_NANOS) {
      reported = now;
      progress.accept(new FetchStep.Downloading(file.length()));
    }
  }

  /** Breaks off what is not complete; what has come stays in the file. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    file.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
