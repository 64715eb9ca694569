package caisson.agent.process;

import caisson.agent.channel.Answer;
import caisson.agent.channel.ProcessChannel;
import caisson.agent.channel.RequestFailure;
import caisson.agent.container.GuestContainer;
import caisson.agent.container.SetupChannel;
import caisson.agent.loop.EventLoop;
import caisson.agent.loop.Source;
import caisson.guest.protocol.Outcome;
import caisson.libc.ErrnoException;
import caisson.libc.ExitStatus;
import caisson.libc.PollSet;
import caisson.libc.Processes;
import java.util.Optional;

/**
 * A process that the host has asked for, from its fork until all that it wrote is on its way to the
 * host. The loop waits for what its child says while it becomes its program.
 */
public final class GuestProcess implements Source {
  /** How long output may go on behind the end of the process that it belongs to, nanoseconds. */
  private static final long GRACE = 1_000_000_000;

  private static final int SIGNALED = 128;

  private final EventLoop loop;
  private final GuestContainer container;
  private final boolean first;
  private final ProcessChannel channel;
  private final SetupChannel setup;
  private final int pid;
  private final ProcessStreams streams;
  private Optional<Terminal> terminal = Optional.empty();
  private Optional<Answer> answer;
  private Runnable failure = () -> {};
  private State state = State.STARTING;
  private boolean settingUp = true;
  private boolean letGo;
  private boolean announced;
  private Optional<ExitStatus> exit = Optional.empty();
  private boolean told;

  private enum State {
    /** Its child is setting itself up. */
    STARTING,
    /** Its child is set up and waits to be let go, or has been. */
    READY,
    /** The program runs or has run, or its child ended before it could. */
    RUNNING,
    /** The program could not be executed. */
    FAILED
  }

  GuestProcess(
      EventLoop loop,
      ProcessStart start,
      ProcessChannel channel,
      SetupChannel setup,
      int pid,
      ProcessStreams streams) {
    this.loop = loop;
    this.container = start.container();
    this.first = start.first();
    this.channel = channel;
    this.setup = setup;
    this.pid = pid;
    this.streams = streams;
    this.answer = Optional.of(start.answer());
    this.letGo = start.atOnce();
  }

  public int number() {
    return channel.number();
  }

  int pid() {
    return pid;
  }

  /** The container that it is in. */
  public GuestContainer container() {
    return container;
  }

  /** The container that it is the first process of. */
  Optional<GuestContainer> firstOf() {
    return first ? Optional.of(container) : Optional.empty();
  }

  @Override
  public int fd() {
    return setup.agentEnd();
  }

  @Override
  public int interest() {
    return PollSet.POLLIN;
  }

  @Override
  public void ready(int events) {
    setup.receive().ifPresent(this::take);
  }

  private void take(SetupChannel.Report report) {
    switch (report) {
      case SetupChannel.Report.Terminal(int master) -> attach(master);
      case SetupChannel.Report.Ready() -> becomeReady();
      case SetupChannel.Report.Failed(var outcome, var message) -> fail(outcome, message);
      case SetupChannel.Report.Closed() -> close();
    }
  }

  private void attach(int master) {
    terminal = Optional.of(new Terminal(master));
    streams.attach(DescriptorPipe.of(master));
  }

  private void becomeReady() {
    state = State.READY;
    if (letGo) {
      setup.letGo();
    } else {
      succeed();
    }
  }

  /** Lets a process run that was made without. */
  public void run(Answer whenRunning) {
    if (letGo || state != State.READY) {
      throw new RequestFailure(Outcome.CONFLICT, "the process has been started already");
    }
    letGo = true;
    answer = Optional.of(whenRunning);
    setup.letGo();
  }

  private void fail(Outcome outcome, String message) {
    state = State.FAILED;
    answer.ifPresent(waiting -> failure = () -> waiting.end(outcome, message));
    answer = Optional.empty();
    if (!abandonsContainer()) {
      failure.run();
    }
  }

  /** Whether its container goes because it never was. */
  boolean abandonsContainer() {
    return first && !announced;
  }

  /** Tells the host why it never was; for when its container has gone. */
  Runnable failure() {
    return failure;
  }

  private void close() {
    if (state == State.STARTING) {
      fail(Outcome.REFUSED, "the process died while it was being set up");
    } else if (state == State.READY) {
      state = State.RUNNING;
      succeed();
    }
    closeSetup();
  }

  private void closeSetup() {
    if (settingUp) {
      settingUp = false;
      setup.close();
      loop.remove(this);
    }
  }

  private void succeed() {
    announced = true;
    answer.ifPresent(waiting -> waiting.done(pid));
    answer = Optional.empty();
  }

  public void signal(int number) {
    refuseIfEnded();
    Processes.kill(pid, number);
  }

  public void resize(int rows, int columns) {
    refuseIfEnded();
    if (terminal.isEmpty()) {
      throw new RequestFailure(
          Outcome.INVALID, "process " + number() + " has no terminal to resize");
    }
    terminal.get().resize(rows, columns);
  }

  private void refuseIfEnded() {
    if (exit.isPresent()) {
      throw new RequestFailure(Outcome.NOT_FOUND, "process " + number() + " has ended");
    }
  }

  /** Its child has ended. What it said before comes first. */
  void ended(ExitStatus status) {
    while (state != State.FAILED && state != State.RUNNING) {
      take(setup.receive().orElse(new SetupChannel.Report.Closed()));
    }
    exit = Optional.of(status);
    streams.endInput();
    terminal.ifPresent(Terminal::release);
    loop.after(GRACE, this::drain);
  }

  private void drain() {
    if (!told) {
      streams.drain();
      loop.after(GRACE, this::drain);
    }
  }

  /** Does what has become possible; answers whether the agent is done with the process. */
  boolean settle() {
    streams.settle();
    if (state == State.FAILED && !announced) {
      abandon();
    } else if (exit.isPresent() && streams.finished()) {
      tell(exit.get());
    }
    return told;
  }

  /** The host hears that it never was, and may give its number to another. */
  private void abandon() {
    told = true;
    streams.close();
    terminal.ifPresent(Terminal::release);
    closeSetup();
  }

  private void tell(ExitStatus status) {
    told = true;
    boolean outOfMemory = outOfMemory();
    switch (status) {
      case ExitStatus.Exited(int code) -> channel.end(code, 0, outOfMemory);
      case ExitStatus.Signaled(int signal) -> channel.end(SIGNALED + signal, signal, outOfMemory);
    }
  }

  /** A container that has been deleted meanwhile does not say. */
  private boolean outOfMemory() {
    try {
      return container.oomKilled();
    } catch (ErrnoException gone) {
      return false;
    }
  }

  /** Whether its child has not ended; the number of one that has may be another's. */
  boolean lives() {
    return exit.isEmpty();
  }

  /** Whether the host was told that it is there, and so has to be told that it has ended. */
  boolean announced() {
    return announced;
  }
}
