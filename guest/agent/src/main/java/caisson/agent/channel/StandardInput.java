package caisson.agent.channel;

import caisson.guest.protocol.ByteRing;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.ReceiveWindow;
import caisson.guest.protocol.Stream;
import java.util.Optional;

/** What the host has sent to a process's standard input and the process has not taken yet. */
public final class StandardInput {
  private final int process;
  private final ReceiveWindow window = new ReceiveWindow(0);
  private final ByteRing waiting = new ByteRing(0);
  private boolean discarding;
  private boolean closed;
  private boolean tell;

  StandardInput(int process) {
    this.process = process;
  }

  public void accept(Message.Data data) {
    int known = window.accept(data);
    int fresh = data.bytes().length - known;
    if (discarding) {
      window.done(fresh);
    } else {
      waiting.append(data.bytes(), known, fresh);
    }
  }

  public void accept(Message.End end) {
    if (!window.ended()) {
      window.accept(end);
    }
  }

  /** Whether there is something to write. */
  public boolean pending() {
    return waiting.size() > 0;
  }

  /** Hands bytes to {@code sink}; what it takes is dealt with. */
  public void writeTo(ByteRing.Sink sink) {
    int taken = waiting.offer(sink);
    if (taken > 0) {
      waiting.drop(waiting.start() + taken);
      window.done(taken);
    }
  }

  /** Whether everything is written and nothing more comes. */
  public boolean exhausted() {
    return window.ended() && !pending();
  }

  /** The process's standard input is closed, as the host asked; answers false if it was already. */
  public boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    window.done(1);
    waiting.clear();
    return true;
  }

  /** Nobody reads any more: what comes from now on is dealt with as it comes. */
  public void discard() {
    if (!discarding) {
      discarding = true;
      window.done(waiting.size());
      waiting.clear();
    }
  }

  long received() {
    return window.received();
  }

  boolean ended() {
    return window.ended();
  }

  /** After a hello the host is told in any case. */
  void tellAgain() {
    tell = true;
  }

  boolean ready() {
    return tell || window.worthTelling();
  }

  Optional<Message> poll() {
    if (!ready()) {
      return Optional.empty();
    }
    tell = false;
    return Optional.of(window.tell(process, Stream.STDIN));
  }
}
