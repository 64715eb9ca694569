package caisson.agent;

import caisson.agent.channel.Answer;
import caisson.agent.container.ContainerFailure;
import caisson.agent.container.GuestContainer;
import caisson.agent.container.MountedDisks;
import caisson.agent.container.Neighbour;
import caisson.agent.loop.PollLoop;
import caisson.agent.process.GuestProcesses;
import caisson.agent.process.ProcessStart;
import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.Task;
import caisson.libc.ErrnoException;
import caisson.libc.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out what the host asks. */
final class Commands {
  private final PollLoop loop;
  private final Containers containers;
  private final GuestProcesses processes;
  private final Shutdown shutdown;
  private final MachineIdentity identity;
  private final MountedDisks mountedDisks = new MountedDisks();

  Commands(
      PollLoop loop,
      Containers containers,
      GuestProcesses processes,
      Shutdown shutdown,
      MachineIdentity identity) {
    this.loop = loop;
    this.containers = containers;
    this.processes = processes;
    this.shutdown = shutdown;
    this.identity = identity;
  }

  /** Carries out a command, at once or later; what it cannot is the answer. */
  void handle(Command command, Answer answer) {
    try {
      perform(command, answer);
    } catch (ContainerFailure e) {
      answer.end(e.outcome(), String.valueOf(e.getMessage()));
    } catch (ErrnoException e) {
      answer.end(Outcome.REFUSED, e.getMessage());
    }
  }

  private void perform(Command command, Answer answer) {
    switch (command) {
      case Command.Ping() -> answer.done();
      case Command.Configure configure -> {
        identity.apply(configure);
        answer.done();
      }
      case Command.MountDisk(var serial) -> {
        mountedDisks.mount(serial);
        answer.done();
      }
      case Command.CreateContainer(var setup) -> create(setup, List.of(), answer);
      case Command.JoinContainer(var setup, var shared) ->
          create(setup, neighbours(shared), answer);
      case Command.StartContainer(var id) -> processes.first(containers.get(id)).run(answer);
      case Command.Exec(var id, var number, var setup) -> exec(id, number, setup, answer);
      case Command.Archive(var id, var number, var setup) -> archive(id, number, setup, answer);
      case Command.Signal(var number, var signal, var all) -> {
        signal(number, signal, all);
        answer.done();
      }
      case Command.Resize(var number, var rows, var columns) -> {
        processes.get(number).resize(rows, columns);
        answer.done();
      }
      case Command.UpdateLimits(var id, var limits) -> update(id, limits, answer);
      case Command.DeleteContainer(var id) -> containers.delete(containers.get(id), answer::end);
      case Command.Usage(var id) -> answer.done(containers.get(id).usage().toBytes());
      case Command.Freeze(var id, var frozen) -> {
        containers.get(id).freeze(frozen);
        answer.done();
      }
      case Command.Tasks(var id) -> answer.done(Task.toBytes(containers.get(id).tasks()));
      case Command.Shutdown() -> shutdown.begin(answer::end);
    }
  }

  private List<Neighbour> neighbours(List<Command.SharedNamespaces> shared) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (Command.SharedNamespaces each : shared) {
      neighbours.add(new Neighbour(containers.get(each.container()), each.namespaces()));
    }
    return neighbours;
  }

  private void create(ContainerSetup setup, List<Neighbour> neighbours, Answer answer) {
    containers.checkRoom(setup.id());
    GuestContainer container = GuestContainer.prepare(setup, neighbours, mountedDisks);
    containers.add(container);
    try {
      processes.start(
          new ProcessStart(
              setup.number(),
              setup.process(),
              Optional.empty(),
              container,
              true,
              setup.start(),
              answer));
    } catch (RuntimeException e) {
      containers.abandon(container, () -> {});
      throw e;
    }
  }

  private void exec(String id, int number, ProcessSetup setup, Answer answer) {
    GuestContainer container = containers.get(id);
    processes.start(
        new ProcessStart(number, setup, Optional.empty(), container, false, true, answer));
  }

  private void archive(String id, int number, ArchiveSetup archive, Answer answer) {
    GuestContainer container = containers.get(id);
    ProcessSetup setup = ProcessSetup.streams(archive.kind() == ArchiveSetup.Kind.WRITE);
    processes.start(
        new ProcessStart(number, setup, Optional.of(archive), container, false, true, answer));
  }

  private void signal(int number, int signal, boolean all) {
    var process = processes.get(number);
    if (!all) {
      process.signal(signal);
    } else if (signal == Signals.SIGKILL) {
      process.container().kill();
    } else {
      process.container().signal(signal);
    }
  }

  private void update(String id, LimitsSetup limits, Answer answer) {
    GuestContainer container = containers.get(id);
    BlockingWork.start(loop, answer::end, () -> container.update(limits));
  }
}
