package caisson.engine.vm;

import caisson.engine.Output.Source;
import caisson.engine.sandbox.ProcessEvents;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what a process does. */
final class EventRecorder implements ProcessEvents {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final CountDownLatch written = new CountDownLatch(1);
  private final CompletableFuture<End> end = new CompletableFuture<>();

  @Override
  public synchronized void output(Source source, byte[] bytes) {
    if (source == Source.STDOUT) {
      stdout.writeBytes(bytes);
      written.countDown();
    }
  }

  @Override
  public void exited() {}

  @Override
  public void ended(End how) {
    end.complete(how);
  }

  synchronized String stdout() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  void awaitOutput() throws InterruptedException {
    written.await();
  }

  End awaitEnd() throws Exception {
    return end.get(30, TimeUnit.SECONDS);
  }

  boolean hasEnded() {
    return end.isDone();
  }
}
