package caisson.runtime;

import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Processes;
import caisson.libc.Signals;
import caisson.libc.Sockets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A child that becomes a monitor once the daemon knows its number; until then it waits. */
final class MonitorProcess {
  private static final int LONGEST_NUMBER = 16;
  private static final Sockets.Received NOBODY =
      new Sockets.Received(new byte[0], Optional.empty());

  private final int pid;
  private final int channel;

  private MonitorProcess(int pid, int channel) {
    this.pid = pid;
    this.channel = channel;
  }

  int pid() {
    return pid;
  }

  /**
   * Forks one.
   *
   * @param console for a process with a terminal
   */
  static MonitorProcess fork(
      Daemon daemon, String path, MonitorPlace place, Optional<Console> console) {
    int[] ends = Sockets.pair(Sockets.SOCK_STREAM);
    place.prepareFork();
    int child = Processes.fork();
    if (child == 0) {
      Descriptors.close(ends[0]);
      become(daemon, path, place, console, ends[1]);
    }
    Descriptors.close(ends[1]);
    MonitorProcess monitor = new MonitorProcess(child, ends[0]);
    monitor.awaitReady();
    return monitor;
  }

  private void awaitReady() {
    byte[] answer = new byte[512];
    int length = Descriptors.read(channel, answer, 0, answer.length);
    if (length != 1 || answer[0] != 0) {
      String why = new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
      Processes.await(pid);
      throw new RuntimeFailure("cannot make the container's monitor: " + why);
    }
  }

  private static void become(
      Daemon daemon, String path, MonitorPlace place, Optional<Console> console, int channel) {
    try {
      Daemon near = daemon.held();
      Processes.newSession();
      console.ifPresent(Console::take);
      place.joinNetwork();
      place.enterRoot();
      Descriptors.writeAll(channel, new byte[1]);
      Sockets.Received told = Sockets.receive(channel, LONGEST_NUMBER).orElse(NOBODY);
      if (told.bytes().length == 0) {
        Processes.exit(1);
      }
      String own = path + "&monitor=" + new String(told.bytes(), StandardCharsets.UTF_8);
      Optional<Integer> machine = told.descriptor().map(Daemon::keep);
      Daemon.closeRest();
      Processes.exit(new Monitor(near, own, console.isPresent(), machine).run());
    } catch (ErrnoException | RuntimeFailure e) {
      Descriptors.writeAll(
          channel, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
    Processes.exit(1);
  }

  /**
   * The daemon knows it: it may connect.
   *
   * @param machine the virtual machine's process id
   */
  void go(int machine) {
    byte[] number = String.valueOf(pid).getBytes(StandardCharsets.UTF_8);
    Optional<Integer> death = Monitor.watch(machine);
    if (death.isPresent()) {
      Sockets.sendDescriptor(channel, number, death.get());
    } else {
      Descriptors.writeAll(channel, number);
    }
    Descriptors.close(channel);
  }

  /** There is nothing to stand for. */
  void giveUp() {
    Descriptors.close(channel);
    try {
      Processes.kill(pid, Signals.SIGKILL);
    } catch (ErrnoException gone) {
      // It has ended.
    }
    Processes.await(pid);
  }
}
