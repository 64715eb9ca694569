package caisson.agent.process;

import caisson.agent.loop.EventLoop;
import caisson.agent.loop.Source;
import caisson.guest.protocol.SendWindow;
import caisson.libc.PollSet;

/**
 * Takes what a process writes, as far as the host's window goes: a process whose output nobody
 * takes waits in its own write(2).
 */
final class Output implements Source {
  /** What a pipe may hold at most (fs.pipe-max-size, pipe(7)). */
  static final int MAX_PIPE = 1 << 20;

  /** Bytes read at once that make it likely that there are more. */
  private static final int MUCH = 4096;

  private final EventLoop loop;
  private final Pipe pipe;
  private final SendWindow window;
  private boolean finished;
  private int allowance = MAX_PIPE;

  Output(EventLoop loop, Pipe pipe, SendWindow window) {
    this.loop = loop;
    this.pipe = pipe;
    this.window = window;
  }

  @Override
  public int fd() {
    return pipe.fd();
  }

  @Override
  public int interest() {
    return !finished && window.room() > 0 ? PollSet.POLLIN : 0;
  }

  @Override
  public void ready(int events) {
    int count = read();
    if (count >= MUCH && window.room() > 0) {
      read(); // the window's memory is a ring, and this was what lay in one piece
    }
  }

  /** Reads once; answers what the pipe did. */
  private int read() {
    int count = window.fill(pipe::read);
    if (count == Pipe.CLOSED) {
      finish();
    }
    return count;
  }

  /**
   * The process has ended some time ago, but others hold its output open: what is in the pipe now
   * is still taken, then the stream ends. To be repeated until {@link #finished}, as the window
   * allows.
   */
  void drain() {
    while (!finished && window.room() > 0) {
      int count = read();
      allowance -= Math.max(0, count);
      if (count == Pipe.WOULD_BLOCK || allowance <= 0) {
        finish();
      }
    }
  }

  boolean finished() {
    return finished;
  }

  /** Nothing more comes from here. */
  void finish() {
    if (!finished) {
      finished = true;
      window.finish();
      loop.remove(this);
      pipe.close();
    }
  }
}
