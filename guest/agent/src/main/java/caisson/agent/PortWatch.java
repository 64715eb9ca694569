package caisson.agent;

import caisson.agent.channel.Channel;
import caisson.agent.channel.Progress;
import caisson.agent.loop.Source;
import caisson.libc.Descriptors;
import caisson.libc.Files;
import caisson.libc.PollSet;
import caisson.libc.Processes;

/**
 * Waits for the port. While the host is away poll(2) never stops saying so, so the port is taken
 * out of the set until SIGIO tells that something has changed.
 */
final class PortWatch implements Source {
  private static final int F_SETOWN = 8;
  private static final int O_ASYNC = 0x2000;

  private final int fd;
  private final Channel channel;
  private boolean away;
  private boolean blocked;

  PortWatch(int fd, Channel channel) {
    this.fd = fd;
    this.channel = channel;
    Descriptors.fcntl(fd, F_SETOWN, Processes.id());
  }

  @Override
  public int fd() {
    return fd;
  }

  @Override
  public int interest() {
    if (away) {
      return 0;
    }
    return blocked ? PollSet.POLLIN | PollSet.POLLOUT : PollSet.POLLIN;
  }

  @Override
  public void ready(int events) {
    if ((events & (PollSet.POLLIN | PollSet.POLLHUP)) != 0 && !channel.receive()) {
      leave();
    }
  }

  /** A host that comes before the signal is asked for is found by looking once more. */
  private void leave() {
    setSignal(true);
    away = !channel.receive();
    if (!away) {
      setSignal(false);
    }
  }

  /** Something has changed at the port. */
  void changed() {
    if (away) {
      away = false;
      setSignal(false);
    }
  }

  private void setSignal(boolean on) {
    int flags = Files.O_RDWR | Files.O_NONBLOCK;
    Descriptors.fcntl(fd, Descriptors.F_SETFL, on ? flags | O_ASYNC : flags);
  }

  /** Sends what there is; answers whether there is more that could be sent at once. */
  boolean send() {
    Progress progress = channel.send();
    blocked = progress == Progress.BLOCKED;
    return progress == Progress.MORE;
  }
}
