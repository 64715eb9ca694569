package caisson.agent.process;

import caisson.agent.channel.StandardInput;
import caisson.agent.loop.EventLoop;
import caisson.agent.loop.Source;
import caisson.libc.PollSet;

/** Gives a process what the host sends it, as fast as it takes it. */
final class Input implements Source {
  private final EventLoop loop;
  private final Pipe pipe;
  private final StandardInput content;
  private final boolean closing;
  private boolean closed;

  /**
   * @param closing whether the end of the input closes the pipe; a terminal stays
   */
  Input(EventLoop loop, Pipe pipe, StandardInput content, boolean closing) {
    this.loop = loop;
    this.pipe = pipe;
    this.content = content;
    this.closing = closing;
  }

  @Override
  public int fd() {
    return pipe.fd();
  }

  @Override
  public int interest() {
    return !closed && content.pending() ? PollSet.POLLOUT : 0;
  }

  @Override
  public void ready(int events) {
    content.writeTo(this::write);
  }

  private int write(byte[] bytes, int from, int count) {
    int written = pipe.write(bytes, from, count);
    if (written == Pipe.CLOSED) {
      close();
    }
    return Math.max(0, written);
  }

  /** Ends the input if the host has ended it and the process has taken all. */
  void settle() {
    if (content.exhausted() && content.close()) {
      close();
    }
  }

  /** Nobody reads any more. */
  void close() {
    if (!closed) {
      closed = true;
      content.discard();
      loop.remove(this);
      if (closing) {
        pipe.close();
      }
    }
  }
}
