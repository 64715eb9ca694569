package caisson.engine.local;

import caisson.engine.Attachment;
import caisson.engine.LogReader;
import caisson.engine.Output;
import caisson.engine.Output.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One process's streams between the guest and the clients that are attached. Output goes first
 * where it is kept (the log), then to every client; a client that does not read holds up this
 * process's output and nothing else, and one that lets go is forgotten at once.
 */
final class ProcessStreams {
  /** Pieces that wait for a client, of 32 KiB where there is much output. */
  private static final int QUEUE = 8;

  /** Lets everybody through who may be waiting for room. */
  private static final int EVERYBODY = 1 << 16;

  private final OutputKeeper keeper;
  private final boolean closeStdinWithClient;
  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final StdinGate stdin = new StdinGate();
  private final ReentrantLock keeping = new ReentrantLock();
  private volatile boolean exited;
  private boolean ended;

  /**
   * @param keeper takes the output before any client does
   * @param closeStdinWithClient whether a client's end of input is the process's end of input
   */
  ProcessStreams(OutputKeeper keeper, boolean closeStdinWithClient) {
    this.keeper = keeper;
    this.closeStdinWithClient = closeStdinWithClient;
  }

  /** The process runs and reads from {@code sink}. */
  void started(StdinSink sink) {
    stdin.open(sink);
  }

  /** Takes output from the guest; returns when it is kept and every client has room for it. */
  void output(Source source, byte[] bytes) throws InterruptedException {
    for (var client : keep(source, bytes)) {
      client.offer(new Output(source, bytes));
    }
  }

  /** Keeps output; answers the clients that have not found it where it is kept. */
  private List<Client> keep(Source source, byte[] bytes) throws InterruptedException {
    keeping.lockInterruptibly();
    try {
      keeper.keep(source, bytes);
      return List.copyOf(clients);
    } finally {
      keeping.unlock();
    }
  }

  /** Whether the process is gone. */
  boolean hasExited() {
    return exited;
  }

  /** The process is gone: what is left of its output waits for no client any more. */
  void exited() {
    exited = true;
    clients.forEach(Client::letThrough);
  }

  /** The process has ended and all its output has come. */
  synchronized void end() {
    stdin.shut();
    ended = true;
    clients.forEach(Client::finish);
  }

  /** Joins a client. */
  Attachment attach(boolean wantsStdin, boolean stdout, boolean stderr) {
    return join(new Client(wantsStdin, stdout, stderr));
  }

  /**
   * Joins a client that first gets what has been kept so far, with nothing missing or twice where
   * that ends.
   *
   * @param kept reads what is kept at the time it is called
   */
  Attachment attach(boolean wantsStdin, boolean stdout, boolean stderr, Supplier<LogReader> kept) {
    keeping.lock();
    try {
      var reader = kept.get();
      return new ReplayedAttachment(reader, attach(wantsStdin, stdout, stderr));
    } finally {
      keeping.unlock();
    }
  }

  private synchronized Attachment join(Client client) {
    if (ended) {
      client.finish();
    } else {
      clients.add(client);
    }
    return client;
  }

  private final class Client implements Attachment {
    private final boolean wantsStdin;
    private final boolean stdout;
    private final boolean stderr;
    private final BlockingQueue<Optional<Output>> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(QUEUE);
    private volatile boolean closed;

    Client(boolean wantsStdin, boolean stdout, boolean stderr) {
      this.wantsStdin = wantsStdin;
      this.stdout = stdout;
      this.stderr = stderr;
    }

    void offer(Output output) throws InterruptedException {
      boolean wanted = output.source() == Source.STDOUT ? stdout : stderr;
      if (wanted && !closed) {
        if (!exited) {
          room.acquire();
        }
        queue.add(Optional.of(output));
      }
    }

    void letThrough() {
      room.release(EVERYBODY);
    }

    void finish() {
      queue.add(Optional.empty());
    }

    @Override
    public Optional<Output> read() throws InterruptedException {
      var output = queue.take();
      if (output.isEmpty() || closed) {
        queue.add(Optional.empty());
        return Optional.empty();
      }
      room.release();
      return output;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws InterruptedException {
      if (wantsStdin && stdin.awaitOpen(() -> closed)) {
        stdin.write(bytes, offset, length);
      }
    }

    @Override
    public void closeStdin() {
      if (wantsStdin && closeStdinWithClient) {
        stdin.end();
      }
    }

    @Override
    public void close() {
      closed = true;
      clients.remove(this);
      // Whoever waits for room, now or from an iteration already under way, must not wait on.
      letThrough();
      queue.add(Optional.empty());
      stdin.wake();
    }
  }
}
