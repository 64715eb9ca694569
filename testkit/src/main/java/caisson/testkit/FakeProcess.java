package caisson.testkit;

import caisson.guest.protocol.Message;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.ReceiveWindow;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A process of a fake guest: its program writes, reads and ends; the fake agent moves it all. */
public final class FakeProcess {
  private final ReentrantLock lock;
  private final Condition changed;
  private final int number;
  private final boolean stdin;
  private final Map<Stream, SendWindow> outputs = new EnumMap<>(Stream.class);
  private final ReceiveWindow input = new ReceiveWindow(0);
  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
  private Optional<Message.Exited> exit = Optional.empty();
  private boolean exitToTell;
  private boolean tellInput;

  FakeProcess(ReentrantLock lock, Condition changed, int number, ProcessSetup setup) {
    this.lock = lock;
    this.changed = changed;
    this.number = number;
    this.stdin = setup.stdin();
    outputs.put(Stream.STDOUT, new SendWindow(number, Stream.STDOUT));
    if (!setup.terminal()) {
      outputs.put(Stream.STDERR, new SendWindow(number, Stream.STDERR));
    }
  }

  /** What it is called in the guest. */
  public int pid() {
    return 1000 + number;
  }

  /** Writes, waiting while the host does not take it; nothing happens once it has ended. */
  public void write(Stream stream, byte[] bytes) throws InterruptedException {
    lock.lock();
    try {
      var output = output(stream);
      for (int done = 0; done < bytes.length && !output.finished(); ) {
        int count = Math.min(output.room(), bytes.length - done);
        if (count == 0) {
          changed.await();
        } else {
          output.append(bytes, done, count);
          done += count;
          changed.signalAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reads what has come of its standard input, waiting for some; empty at its end. */
  public byte[] read() throws InterruptedException {
    lock.lock();
    try {
      while (stdin && unread.size() == 0 && !input.ended() && exit.isEmpty()) {
        changed.await();
      }
      byte[] bytes = unread.toByteArray();
      unread.reset();
      input.done(bytes.length + (bytes.length == 0 && input.ended() ? 1 : 0));
      tellInput = true;
      changed.signalAll();
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a signal, or anything else, has ended it. */
  public void awaitEnd() throws InterruptedException {
    lock.lock();
    try {
      while (exit.isEmpty()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends it by itself. */
  public void exit(int code) {
    end(new Message.Exited(number, code, 0, false));
  }

  /** A signal ends it. */
  public void kill(int signal, boolean outOfMemory) {
    end(new Message.Exited(number, 0, signal, outOfMemory));
  }

  private void end(Message.Exited how) {
    lock.lock();
    try {
      if (exit.isEmpty()) {
        exit = Optional.of(how);
        exitToTell = true;
        outputs.values().forEach(SendWindow::finish);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  // What the agent does, holding the lock.

  Message.ProcessStatus status() {
    return new Message.ProcessStatus(number, pid(), input.received(), !stdin || input.ended());
  }

  SendWindow output(Stream stream) {
    var found = outputs.get(stream);
    if (found == null) {
      throw new IllegalArgumentException("process " + number + " has no " + stream);
    }
    return found;
  }

  void resume() {
    outputs.values().forEach(SendWindow::resume);
    exitToTell = exit.isPresent();
    tellInput = true;
  }

  /** As an agent does: what is gone cannot be sent again, so it goes on with what there is. */
  void resume(Message.Position position) {
    try {
      output(position.stream()).resume(position.offset());
    } catch (ProtocolException e) {
      output(position.stream()).resume();
    }
  }

  void receive(Message.Data data) {
    int known = input.accept(data);
    unread.write(data.bytes(), known, data.bytes().length - known);
  }

  void receive(Message.End end) {
    if (!input.ended()) {
      input.accept(end);
    }
  }

  Optional<Message> poll() {
    if (tellInput && stdin) {
      tellInput = false;
      return Optional.of(input.tell(number, Stream.STDIN));
    }
    if (exitToTell) {
      exitToTell = false;
      return exit.map(Message.class::cast);
    }
    return outputs.values().stream().flatMap(output -> output.poll().stream()).findFirst();
  }
}
