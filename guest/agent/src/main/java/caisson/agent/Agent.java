package caisson.agent;

import caisson.agent.channel.Answer;
import caisson.agent.channel.Channel;
import caisson.agent.channel.Guest;
import caisson.agent.loop.PollLoop;
import caisson.agent.loop.Source;
import caisson.agent.process.GuestProcesses;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.libc.Clock;
import caisson.libc.Crc32;
import caisson.libc.PollSet;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.util.Optional;

/** The agent at work: one thread, one loop. */
final class Agent implements Guest {
  /** How long it pauses after a fault, lest a fault that stays becomes all there is; ms. */
  private static final int PAUSE = 100;

  private static final int SIGIO = 29;

  private final Console console;
  private final PollLoop loop = new PollLoop(this::sayFault);
  private final PortWatch port;
  private final GuestProcesses processes;
  private final Shutdown shutdown;
  private final Commands commands;

  Agent(Console console, VirtioPort port, SpareCards spareCards, long boot) {
    this.console = console;
    Channel channel = new Channel(boot, port, FrameReader.ofAgent(Crc32::of), this);
    Containers containers = new Containers(loop);
    this.port = new PortWatch(port.fd(), channel);
    this.processes = new GuestProcesses(loop, channel, containers::abandon);
    this.shutdown = new Shutdown(loop, containers);
    this.commands =
        new Commands(loop, containers, processes, shutdown, new MachineIdentity(spareCards));
    loop.add(this.port);
    loop.add(new SignalSource());
  }

  @Override
  public void handle(Command command, Answer answer) {
    commands.handle(command, answer);
  }

  @Override
  public void complain(String message) {
    console.say(message);
  }

  @Override
  public long now() {
    return Clock.nanoseconds(Clock.CLOCK_MONOTONIC);
  }

  /** Works until the machine ends: whatever is thrown is said, and the work goes on. */
  void run() {
    while (true) {
      try {
        turn();
      } catch (RuntimeException | Error e) {
        sayFault(e);
        pause();
      }
    }
  }

  private void sayFault(Throwable fault) {
    console.say("fault: " + fault);
  }

  private void turn() {
    processes.settle();
    boolean more = port.send();
    if (!more) {
      shutdown.powerOffIfReady();
    }
    loop.turn(!more);
  }

  private static void pause() {
    try (PollSet nothing = new PollSet()) {
      nothing.await(PAUSE);
    }
  }

  /** Children that have ended, and changes at the port. */
  private final class SignalSource implements Source {
    private final int fd;

    SignalSource() {
      Signals.blockOnly(Signals.SIGCHLD, SIGIO);
      fd = Signals.open(Signals.SIGCHLD, SIGIO);
    }

    @Override
    public int fd() {
      return fd;
    }

    @Override
    public int interest() {
      return PollSet.POLLIN;
    }

    @Override
    public void ready(int events) {
      boolean child = false;
      for (int signal = Signals.read(fd); signal != 0; signal = Signals.read(fd)) {
        child |= signal == Signals.SIGCHLD;
        if (signal == SIGIO) {
          port.changed();
        }
      }
      if (child) {
        reapAll();
      }
    }

    private void reapAll() {
      Optional<Processes.Ended> ended = Processes.reap();
      while (ended.isPresent()) {
        processes.ended(ended.get().pid(), ended.get().status());
        ended = Processes.reap();
      }
    }
  }
}
