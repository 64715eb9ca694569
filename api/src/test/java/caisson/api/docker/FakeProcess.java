package caisson.api.docker;

import caisson.engine.Attachment;
import caisson.engine.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A process whose output the test writes; it shouts what it read when its input ends. */
public final class FakeProcess {
  public final List<Client> clients = new CopyOnWriteArrayList<>();
  public final CountDownLatch letGo = new CountDownLatch(1);
  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private final Runnable inputEnded;

  FakeProcess(Runnable inputEnded) {
    this.inputEnded = inputEnded;
  }

  /** Writes to every client. */
  public void print(Output.Source source, String text) {
    var output = new Output(source, text.getBytes(StandardCharsets.UTF_8));
    clients.forEach(client -> client.queue.add(Optional.of(output)));
  }

  public void end() {
    clients.forEach(client -> client.queue.add(Optional.empty()));
  }

  public synchronized String input() {
    return input.toString(StandardCharsets.UTF_8);
  }

  Client attach() {
    var client = new Client();
    clients.add(client);
    return client;
  }

  /** One client. */
  public final class Client implements Attachment {
    private final LinkedBlockingQueue<Optional<Output>> queue = new LinkedBlockingQueue<>();

    @Override
    public Optional<Output> read() throws InterruptedException {
      return queue.take();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (FakeProcess.this) {
        input.write(bytes, offset, length);
      }
    }

    @Override
    public void closeStdin() {
      print(Output.Source.STDOUT, input().toUpperCase(Locale.ROOT));
      inputEnded.run();
      end();
    }

    @Override
    public void close() {
      queue.add(Optional.empty());
      clients.remove(this);
      letGo.countDown();
    }
  }
}
