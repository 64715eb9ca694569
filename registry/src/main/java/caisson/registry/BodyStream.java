package caisson.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An answer's body, read as it comes. A few buffers are kept ahead of the reader, and a server that
 * lets it wait too long has lost it: the JDK's own body streams wait for ever.
 */
final class BodyStream extends InputStream implements BodySubscriber<InputStream> {
  /** Buffers, of 16 KiB each, that are asked for before they are needed. */
  private static final int AHEAD = 8;

  /** What comes from the connection. */
  private sealed interface Part {
    record Data(List<ByteBuffer> buffers) implements Part {}

    record End() implements Part {}

    record Failure(Throwable cause) implements Part {}
  }

  private final long stallNanos;
  private final long progress;
  private final BlockingQueue<Part> arrived = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

  private List<ByteBuffer> current = List.of();
  private boolean ended;
  private long waitedNanos;
  private long sinceProgress;

  /**
   * A body.
   *
   * @param stall how long its reader waits in all for each {@code progress} bytes
   */
  BodyStream(Duration stall, long progress) {
    this.stallNanos = stall.toNanos();
    this.progress = progress;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    source.request(AHEAD);
    subscription.complete(source);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(new Part.Data(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    arrived.add(new Part.Failure(cause));
  }

  @Override
  public void onComplete() {
    arrived.add(new Part.End());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!ended) {
      for (var buffer : current) {
        if (buffer.hasRemaining()) {
          int count = Math.min(length, buffer.remaining());
          buffer.get(target, offset, count);
          return count;
        }
      }
      take();
    }
    return -1;
  }

  private void take() throws IOException {
    switch (await()) {
      case Part.Data(var buffers) -> {
        current = buffers;
        count(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
        subscription.join().request(1);
      }
      case Part.End() -> ended = true;
      case Part.Failure(var cause) -> throw new IOException(String.valueOf(cause), cause);
    }
  }

  private void count(int bytes) {
    sinceProgress += bytes;
    if (sinceProgress >= progress) {
      sinceProgress = 0;
      waitedNanos = 0;
    }
  }

  private Part await() throws IOException {
    long start = System.nanoTime();
    try {
      var part = arrived.poll(stallNanos - waitedNanos, TimeUnit.NANOSECONDS);
      waitedNanos += System.nanoTime() - start;
      if (part == null) {
        throw new StalledException();
      }
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a body was read");
    }
  }

  /** Lets go of the connection unless the body has ended. */
  @Override
  public void close() {
    ended = true;
    var _ = subscription.thenAccept(Flow.Subscription::cancel);
  }
}
