package caisson.vmm.agent;

import caisson.guest.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a process writes and how it ends. */
final class Recorder implements ProcessListener {
  private static final long LONG_ENOUGH = 60;

  private final Map<Stream, ByteArrayOutputStream> kept = new EnumMap<>(Stream.class);
  private final CompletableFuture<ProcessEnd> end = new CompletableFuture<>();
  private final CountDownLatch exited = new CountDownLatch(1);
  private final AtomicInteger ends = new AtomicInteger();

  @Override
  public void output(Stream stream, byte[] bytes) {
    synchronized (kept) {
      kept.computeIfAbsent(stream, s -> new ByteArrayOutputStream()).writeBytes(bytes);
      kept.notifyAll();
    }
  }

  @Override
  public void exited() {
    exited.countDown();
  }

  @Override
  public void ended(ProcessEnd how) {
    ends.incrementAndGet();
    end.complete(how);
  }

  byte[] bytes(Stream stream) {
    synchronized (kept) {
      return kept.computeIfAbsent(stream, s -> new ByteArrayOutputStream()).toByteArray();
    }
  }

  void awaitBytes(Stream stream, int count) throws InterruptedException {
    synchronized (kept) {
      while (bytes(stream).length < count) {
        kept.wait();
      }
    }
  }

  ProcessEnd awaitEnd() throws Exception {
    return end.get(LONG_ENOUGH, TimeUnit.SECONDS);
  }

  boolean awaitExited() throws InterruptedException {
    return exited.await(LONG_ENOUGH, TimeUnit.SECONDS);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  int ends() {
    return ends.get();
  }
}
