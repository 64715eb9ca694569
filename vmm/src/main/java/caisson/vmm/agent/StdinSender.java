package caisson.vmm.agent;

import caisson.guest.protocol.Message;
import caisson.guest.protocol.SendWindow;
import java.util.Optional;

/** The sending end of a process's standard input. */
final class StdinSender {
  private final Monitor monitor;
  private final SendWindow window;
  private boolean over;

  StdinSender(Monitor monitor, SendWindow window) {
    this.monitor = monitor;
    this.window = window;
  }

  /** Waits while the process does not take the bytes; returns at once when it never will. */
  void write(byte[] bytes, int offset, int length) throws InterruptedException {
    try (var _ = monitor.hold()) {
      int done = 0;
      while (done < length && awaitRoom()) {
        int count = Math.min(window.room(), length - done);
        window.append(bytes, offset + done, count);
        done += count;
        monitor.somethingToSend();
      }
    }
  }

  private boolean awaitRoom() throws InterruptedException {
    while (!over && !window.finished() && window.room() == 0) {
      monitor.change().await();
    }
    return !over && !window.finished();
  }

  void end() {
    try (var _ = monitor.hold()) {
      if (!over && !window.finished()) {
        window.finish();
        monitor.somethingToSend();
        monitor.changed();
      }
    }
  }

  /** The process takes nothing any more. */
  void over() {
    over = true;
    window.discard();
    monitor.changed();
  }

  Optional<Message> poll() {
    return over ? Optional.empty() : window.poll();
  }

  void acknowledge(Message.Window told) {
    if (!over) {
      window.acknowledge(told.acknowledged(), told.limit());
      monitor.changed();
    }
  }

  /** Goes on behind what the agent has. */
  void resume(Message.ProcessStatus status) {
    if (!over) {
      boolean hasEnd = status.stdinEnded() && window.finished();
      window.resume(status.stdinReceived() + (hasEnd ? 1 : 0));
    }
  }
}
