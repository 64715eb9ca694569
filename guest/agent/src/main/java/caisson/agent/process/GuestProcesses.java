package caisson.agent.process;

import caisson.agent.channel.Channel;
import caisson.agent.channel.ProcessChannel;
import caisson.agent.channel.RequestFailure;
import caisson.agent.container.GuestContainer;
import caisson.agent.container.SetupChannel;
import caisson.agent.loop.EventLoop;
import caisson.guest.protocol.Outcome;
import caisson.libc.ExitStatus;
import caisson.libc.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The processes that the host has asked for and whose ends it has not been told yet. */
public final class GuestProcesses {
  private static final int CHILD_FAILED = 125;

  private final EventLoop loop;
  private final Channel channel;
  private final BiConsumer<GuestContainer, Runnable> abandoned;
  private final List<GuestProcess> all = new ArrayList<>();

  /**
   * @param abandoned told of a container whose first process never was, and what to do when nothing
   *     is left of it: the host hears of the failure only then, and may try again with the same
   *     disk
   */
  public GuestProcesses(
      EventLoop loop, Channel channel, BiConsumer<GuestContainer, Runnable> abandoned) {
    this.loop = loop;
    this.abandoned = abandoned;
    this.channel = channel;
  }

  /**
   * Forks a process.
   *
   * @throws RuntimeException if it cannot; nothing is left of it
   */
  public GuestProcess start(ProcessStart start) {
    boolean terminal = start.setup().terminal();
    ProcessChannel view = channel.open(start.number(), terminal, start.setup().stdin());
    try {
      ProcessPipes pipes = ProcessPipes.open(start.setup());
      try {
        return fork(start, view, pipes);
      } catch (RuntimeException e) {
        pipes.closeAgentEnds();
        throw e;
      } finally {
        pipes.closeChildEnds();
      }
    } catch (RuntimeException e) {
      channel.forget(start.number());
      throw e;
    }
  }

  private GuestProcess fork(ProcessStart start, ProcessChannel view, ProcessPipes pipes) {
    SetupChannel setup = SetupChannel.open();
    int pid;
    try {
      pid = fork(start);
    } catch (RuntimeException e) {
      setup.close();
      setup.leaveToChild();
      throw e;
    }
    if (pid == 0) {
      runChild(start, pipes, setup);
    }
    setup.leaveToChild();
    view.begin(pid);
    ProcessStreams streams = new ProcessStreams(loop, view);
    streams.attach(pipes.input(), pipes.outputs());
    GuestProcess process = new GuestProcess(loop, start, view, setup, pid, streams);
    loop.add(process);
    all.add(process);
    return process;
  }

  private static int fork(ProcessStart start) {
    if (start.first()) {
      return start.container().forkInit();
    }
    return start.archive().isPresent()
        ? start.container().forkArchive()
        : start.container().forkExec(start.setup());
  }

  /** The child's part; never returns, whatever happens: there is one agent. */
  private static void runChild(ProcessStart start, ProcessPipes pipes, SetupChannel setup) {
    try {
      pipes.place();
      if (start.first()) {
        start.container().runInit(setup);
      } else if (start.archive().isPresent()) {
        start.container().runArchive(start.archive().get(), setup);
      } else {
        start.container().runExec(start.setup(), setup);
      }
    } finally {
      Processes.exit(CHILD_FAILED);
    }
  }

  /**
   * The process that the host gave {@code number}.
   *
   * @throws RequestFailure NOT_FOUND
   */
  public GuestProcess get(int number) {
    for (GuestProcess process : all) {
      if (process.number() == number) {
        return process;
      }
    }
    throw new RequestFailure(Outcome.NOT_FOUND, "there is no process " + number);
  }

  /**
   * The first process of {@code container}.
   *
   * @throws RequestFailure CONFLICT if it has ended
   */
  public GuestProcess first(GuestContainer container) {
    for (GuestProcess process : all) {
      if (process.firstOf().equals(Optional.of(container))) {
        return process;
      }
    }
    throw new RequestFailure(
        Outcome.CONFLICT, "the first process of container " + container.id() + " has ended");
  }

  /** A child of the agent has ended, one of these or not. */
  public void ended(int pid, ExitStatus status) {
    for (GuestProcess process : all) {
      if (process.pid() == pid && process.lives()) {
        process.ended(status);
      }
    }
  }

  /** Does what has become possible since the last time. */
  public void settle() {
    for (int i = all.size() - 1; i >= 0; i--) {
      GuestProcess process = all.get(i);
      if (process.settle()) {
        all.remove(i);
        if (!process.announced()) {
          channel.forget(process.number());
          process.firstOf().ifPresent(container -> abandoned.accept(container, process.failure()));
        }
      }
    }
  }
}
