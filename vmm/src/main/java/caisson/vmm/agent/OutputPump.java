package caisson.vmm.agent;

import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ReceiveWindow;
import caisson.guest.protocol.Stream;
import java.util.Optional;

/**
 * The receiving end of one output stream: holds what has come, never more than the window that the
 * agent was granted, and hands it to the listener on a thread that lives as long as there is some.
 */
final class OutputPump {
  private final Monitor monitor;
  private final int process;
  private final Stream stream;
  private final ProcessListener listener;
  private ReceiveWindow window;
  private final Pieces pending = new Pieces();
  private boolean adopted;
  private boolean delivering;
  private boolean finished;
  private boolean abandoned;
  private boolean due;

  OutputPump(Monitor monitor, int process, Stream stream, long kept, ProcessListener listener) {
    this.monitor = monitor;
    this.process = process;
    this.stream = stream;
    this.listener = listener;
    this.window = new ReceiveWindow(kept, Protocol.LARGE_WINDOW);
  }

  /**
   * An earlier daemon read the stream, and its log may have been lost since: then the stream goes
   * on behind what that daemon acknowledged.
   */
  void adopt() {
    adopted = true;
  }

  private void skipTo(long offset) {
    if (adopted && offset > window.received()) {
      var range = "bytes " + window.received() + " to " + offset;
      System.getLogger("caisson.vmm")
          .log(
              System.Logger.Level.WARNING,
              stream
                  + " of process "
                  + process
                  + ": "
                  + range
                  + " were acknowledged once and lost");
      window = new ReceiveWindow(offset, Protocol.LARGE_WINDOW);
    }
    adopted = false;
  }

  /** How far the stream has come, for a hello. */
  Message.Position position() {
    return new Message.Position(process, stream, window.received() + (window.ended() ? 1 : 0));
  }

  void accept(Message.Data data) {
    skipTo(data.offset());
    int known = window.accept(data);
    pending.add(data.bytes(), known);
    deliver();
  }

  void accept(Message.End end) {
    if (!window.ended()) {
      skipTo(end.offset());
      window.accept(end);
      deliver();
    }
  }

  /** Nobody listens any more: what has not been handed over is left to a later daemon. */
  void abandon() {
    abandoned = true;
  }

  /** Whether the listener has had everything, the end included. */
  boolean finished() {
    return finished;
  }

  /** Whether the listener has had everything that came. */
  boolean idle() {
    return !delivering;
  }

  /** On a new connection the agent is told again: what was told last may be lost. */
  void tellAgain() {
    due = true;
  }

  boolean due() {
    return due;
  }

  Message.Window tell() {
    due = false;
    return window.tell(process, stream);
  }

  private void deliver() {
    if (!delivering && (!pending.isEmpty() || (window.ended() && !finished))) {
      delivering = true;
      ListenerThreads.start(this::deliverAll);
    }
  }

  private void deliverAll() {
    try {
      for (var piece = take(); piece.isPresent(); piece = take()) {
        handOver(piece.get());
        done(piece.get().length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next of what has come; empty, and the thread's work over, when there is nothing. */
  private Optional<byte[]> take() {
    try (var _ = monitor.hold()) {
      var piece = abandoned ? Optional.<byte[]>empty() : pending.poll();
      if (piece.isEmpty()) {
        if (!abandoned && window.ended()) {
          finished = true;
          window.done(1);
          due = true;
          monitor.somethingToSend();
        }
        delivering = false;
        monitor.changed();
      }
      return piece;
    }
  }

  private void handOver(byte[] bytes) throws InterruptedException {
    try {
      listener.output(stream, bytes);
    } catch (RuntimeException e) {
      try (var _ = monitor.hold()) {
        if (abandoned) {
          throw new InterruptedException("the listener has closed");
        }
      }
      // A listener that fails loses its output; the process must not hang for it.
      System.getLogger("caisson.vmm")
          .log(System.Logger.Level.ERROR, bytes.length + " bytes of output are lost", e);
    }
  }

  private void done(int count) {
    try (var _ = monitor.hold()) {
      window.done(count);
      if (window.worthTelling()) {
        due = true;
        monitor.somethingToSend();
      }
    }
  }
}
