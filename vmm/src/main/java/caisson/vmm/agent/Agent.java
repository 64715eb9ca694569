package caisson.vmm.agent;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.Command.SharedNamespaces;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.Decoder;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import caisson.guest.protocol.Task;
import caisson.vmm.Vm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The agent in one machine, as long as the machine lives. Every method that asks for something
 * blocks until the agent has answered, and may be called from any thread.
 *
 * <p>They throw {@link CaissonException}: VM_FAILED when the machine is gone, its agent does not
 * come up or breaks the protocol; TIMEOUT when this one answer does not come; else what the agent's
 * {@link Outcome} says.
 */
public final class Agent implements AutoCloseable {
  private final Vm vm;
  private final AgentTimeouts timeouts;
  private final Session session;
  private final Line line;

  private Agent(Vm vm, AgentTimeouts timeouts, boolean adopted) {
    this.vm = vm;
    this.timeouts = timeouts;
    this.session = new Session(vm, timeouts, adopted);
    this.line = new Line(vm, session);
  }

  /**
   * Begins to wait for the agent of a machine that boots. Requests may be made at once.
   *
   * @param onFailure told once, on a thread of its own, when the conversation has failed for good;
   *     the machine should be ended then
   */
  public static Agent of(Vm vm, AgentTimeouts timeouts, Consumer<CaissonException> onFailure) {
    var agent = new Agent(vm, timeouts, false);
    agent.line.start(onFailure);
    return agent;
  }

  /** An agent that was taken over, and the processes that were asked for, in their order. */
  public record Adopted(Agent agent, List<AgentProcess> processes) {}

  /**
   * Takes over the agent of a machine that an earlier daemon started; it has answered when this
   * returns. Of those of {@code kept} that the agent does not know, the listener is told that they
   * were lost. All that the agent tells of other processes is acknowledged and dropped.
   */
  public static Adopted adopt(
      Vm vm, AgentTimeouts timeouts, Consumer<CaissonException> onFailure, List<KeptProcess> kept) {
    var agent = new Agent(vm, timeouts, true);
    var processes = kept.stream().map(agent::add).toList();
    agent.line.start(onFailure);
    try {
      agent.session.awaitGreeting();
      return new Adopted(agent, processes);
    } catch (InterruptedException e) {
      throw agent.interrupted("its hello", e);
    }
  }

  private AgentProcess add(KeptProcess kept) {
    try (var _ = session.monitor().hold()) {
      return session.processes().add(kept);
    }
  }

  /** Waits until the agent has come up; nothing is asked of it. */
  public void awaitGreeting() {
    try {
      session.awaitGreeting();
    } catch (InterruptedException e) {
      throw interrupted("its hello", e);
    }
  }

  /** Whether nobody can speak with it any more. */
  public boolean isGone() {
    return session.failure().isPresent();
  }

  /** Asks for a sign of life. */
  public void ping() {
    call(new Command.Ping());
  }

  /**
   * Gives a fresh guest what no two guests may share and makes a container in it, in one round
   * trip. The process runs when this returns, if the setup says so.
   */
  public AgentProcess configureAndCreate(
      Command.Configure configuration, ContainerSetup container, ProcessListener listener) {
    var process = register(container.number(), container.process(), listener);
    try {
      var configure = session.submit(configuration, answer -> {});
      var create = session.submit(new Command.CreateContainer(container), startOf(process));
      await(configure, timeouts.answer());
      await(create, timeouts.answer());
      return process;
    } catch (InterruptedException e) {
      throw interrupted("the creation of the container", e);
    } catch (CaissonException e) {
      unregister(process);
      throw e;
    }
  }

  /**
   * Makes a further container in a guest that has one; its process waits for {@link
   * #startContainer} if the setup says so.
   *
   * @param shared namespaces that it has together with others
   */
  public AgentProcess join(
      ContainerSetup container, List<SharedNamespaces> shared, ProcessListener listener) {
    session.require(Protocol.JOINING, "takes no second container");
    var process = register(container.number(), container.process(), listener);
    try {
      call(new Command.JoinContainer(container, shared), startOf(process));
      return process;
    } catch (CaissonException e) {
      unregister(process);
      throw e;
    }
  }

  /** A number for a process that is to be started, which no other gets. */
  public int takeNumber() {
    try (var _ = session.monitor().hold()) {
      return session.processes().takeNumber();
    }
  }

  /** Lets a container run that was made without. */
  public void startContainer(String container) {
    call(new Command.StartContainer(container));
  }

  /** Starts a further process in a container; it runs when this returns. */
  public AgentProcess exec(String container, ProcessSetup setup, ProcessListener listener) {
    var process = register(0, setup, listener);
    try {
      call(new Command.Exec(container, process.number(), setup), startOf(process));
      return process;
    } catch (CaissonException e) {
      unregister(process);
      throw e;
    }
  }

  /**
   * Has the agent work with a container's files; a process of its own does when this returns, and
   * ends as {@link ArchiveSetup} says.
   */
  public AgentProcess archive(String container, ArchiveSetup setup, ProcessListener listener) {
    var streams = ProcessSetup.streams(setup.kind() == ArchiveSetup.Kind.WRITE);
    var process = register(0, streams, listener);
    try {
      call(new Command.Archive(container, process.number(), setup), startOf(process));
      return process;
    } catch (CaissonException e) {
      unregister(process);
      throw e;
    }
  }

  /** Sends a signal to a process or, with {@code all}, to every process of its container. */
  public void signal(AgentProcess process, int signal, boolean all) {
    call(new Command.Signal(process.number(), signal, all));
  }

  /** Sets the size of a process's terminal. */
  public void resize(AgentProcess process, int rows, int columns) {
    call(new Command.Resize(process.number(), rows, columns));
  }

  /** Changes a container's limits. */
  public void updateLimits(String container, LimitsSetup limits) {
    call(new Command.UpdateLimits(container, limits));
  }

  /** Kills what is left of a container and unmounts its file systems. */
  public void deleteContainer(String container) {
    call(new Command.DeleteContainer(container));
  }

  /** Stops all processes of a container, or lets them go on. */
  public void freeze(String container, boolean frozen) {
    call(new Command.Freeze(container, frozen));
  }

  /** Has the guest mount a writable disk ahead, for the container that will have it. */
  public void mountDisk(String serial) {
    call(new Command.MountDisk(serial));
  }

  /** Gives a guest what it has not got yet; see {@link Command.Configure}. */
  public void configure(Command.Configure configuration) {
    call(configuration);
  }

  /** Sets the guest's clock. */
  public void setClock(Instant now) {
    configure(new Command.Configure("", nanoseconds(now), new byte[0], List.of(), List.of()));
  }

  /** A moment as {@link Command.Configure} takes it. */
  public static long nanoseconds(Instant moment) {
    return moment.getEpochSecond() * 1_000_000_000 + moment.getNano();
  }

  /** What a container uses. */
  public ContainerUsage usage(String container) {
    return read(new Command.Usage(container), ContainerUsage::of);
  }

  /** A container's processes. */
  public List<Task> tasks(String container) {
    return read(new Command.Tasks(container), Task::of);
  }

  private <T> T read(Command command, Function<byte[], T> reader) {
    var response = call(command);
    try {
      return reader.apply(response.body());
    } catch (ProtocolException e) {
      throw session.broken(e);
    }
  }

  /**
   * Has the guest write everything to its disks and end the machine. Returns when it has answered
   * or is gone, whichever comes first.
   */
  public void shutdown() {
    try {
      call(new Command.Shutdown());
    } catch (CaissonException e) {
      if (!isGone()) {
        throw e;
      }
    }
  }

  /**
   * Leaves the agent to a later daemon: nobody is told anything any more, and what listeners have
   * not taken yet is not acknowledged.
   */
  @Override
  public void close() {
    session.leave();
    line.awaitEnd();
  }

  /** {@code number} 0 takes a free one. */
  private AgentProcess register(int number, ProcessSetup setup, ProcessListener listener) {
    try (var _ = session.monitor().hold()) {
      int own = number == 0 ? session.processes().takeNumber() : number;
      var process = session.processes().add(new KeptProcess(own, setup.terminal(), 0, 0, listener));
      if (setup.stdin()) {
        process.openStdin(new SendWindow(own, Stream.STDIN));
      }
      return process;
    }
  }

  private void unregister(AgentProcess process) {
    try (var _ = session.monitor().hold()) {
      session.processes().remove(process);
    }
  }

  private static Consumer<Message.Response> startOf(AgentProcess process) {
    return answer -> {
      if (answer.outcome() == Outcome.OK) {
        var body = new Decoder(answer.body(), 0, answer.body().length);
        process.started(body.i32());
        body.finish();
      }
    };
  }

  private Message.Response call(Command command) {
    return call(command, answer -> {});
  }

  private Message.Response call(Command command, Consumer<Message.Response> whenAnswered) {
    try {
      return await(session.submit(command, whenAnswered), limit(command));
    } catch (InterruptedException e) {
      throw interrupted(command.getClass().getSimpleName(), e);
    }
  }

  private Duration limit(Command command) {
    return switch (command) {
      case Command.Ping _,
          Command.Signal _,
          Command.Resize _,
          Command.Usage _,
          Command.Freeze _,
          Command.Tasks _ ->
          timeouts.reaction();
      case Command.Configure _,
          Command.CreateContainer _,
          Command.JoinContainer _,
          Command.MountDisk _,
          Command.StartContainer _,
          Command.Exec _,
          Command.Archive _,
          Command.UpdateLimits _,
          Command.DeleteContainer _,
          Command.Shutdown _ ->
          timeouts.answer();
    };
  }

  private Message.Response await(Request request, Duration limit) throws InterruptedException {
    try {
      session.awaitGreeting();
      return checked(request.await(limit));
    } catch (TimeoutException e) {
      throw new CaissonException(
          ErrorCode.TIMEOUT,
          "the agent of machine "
              + vm.id()
              + " did not answer "
              + request.what()
              + " within "
              + limit.toSeconds()
              + " s"
              + LastWords.appended(vm),
          e);
    } finally {
      session.forget(request);
    }
  }

  private static Message.Response checked(Message.Response response) {
    var code =
        switch (response.outcome()) {
          case OK -> null;
          case INVALID -> ErrorCode.INVALID_ARGUMENT;
          case NOT_FOUND -> ErrorCode.NOT_FOUND;
          case CONFLICT -> ErrorCode.CONFLICT;
          case LIMIT -> ErrorCode.NO_RESOURCES;
          case COMMAND_NOT_FOUND -> ErrorCode.COMMAND_NOT_FOUND;
          case COMMAND_NOT_EXECUTABLE -> ErrorCode.COMMAND_NOT_EXECUTABLE;
          case REFUSED -> ErrorCode.INTERNAL;
        };
    if (code != null) {
      throw new CaissonException(code, response.message());
    }
    return response;
  }

  private CaissonException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CaissonException(
        ErrorCode.UNAVAILABLE,
        "interrupted while waiting for " + what + " of machine " + vm.id(),
        e);
  }
}
