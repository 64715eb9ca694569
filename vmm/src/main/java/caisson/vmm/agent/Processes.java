package caisson.vmm.agent;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of one machine and their streams; used only while holding the monitor. */
final class Processes {
  private final Monitor monitor;
  private final Map<Integer, AgentProcess> known = new LinkedHashMap<>();
  private final ForgottenProcesses forgotten = new ForgottenProcesses();

  Processes(Monitor monitor) {
    this.monitor = monitor;
  }

  /** A process that is about to be started, or that an earlier daemon started. */
  AgentProcess add(KeptProcess kept) {
    var process = new AgentProcess(monitor, kept);
    if (known.putIfAbsent(kept.number(), process) != null) {
      throw new CaissonException(
          ErrorCode.CONFLICT, "the machine has a process " + kept.number() + " already");
    }
    forgotten.upTo(kept.number());
    return process;
  }

  /** A number that no process has, or had, or will be given. */
  int takeNumber() {
    int number = forgotten.highest() + 1;
    forgotten.upTo(number);
    return number;
  }

  Optional<AgentProcess> find(int number) {
    return Optional.ofNullable(known.get(number));
  }

  /** The process was not started after all. */
  void remove(AgentProcess process) {
    process.abandon();
    known.remove(process.number());
  }

  /** What has come of every output stream. */
  List<Message.Position> positions() {
    return known.values().stream().flatMap(process -> process.positions().stream()).toList();
  }

  void receive(Message.Data data) {
    find(data.process())
        .ifPresentOrElse(
            process -> process.output(data.stream()).accept(data),
            () -> {
              forgotten.told(data);
              monitor.somethingToSend();
            });
  }

  void receive(Message.End end) {
    find(end.process())
        .ifPresentOrElse(
            process -> process.output(end.stream()).accept(end), () -> forgotten.told(end));
  }

  void receive(Message.Window window) {
    if (window.stream() != Stream.STDIN) {
      throw new ProtocolException("it acknowledges " + window.stream() + ", which it sends");
    }
    find(window.process())
        .flatMap(AgentProcess::stdin)
        .ifPresent(stdin -> stdin.acknowledge(window));
  }

  void receive(Message.Exited exited) {
    var end = new ProcessEnd.Exited(exited.code(), exited.signal(), exited.outOfMemory());
    find(exited.process())
        .ifPresentOrElse(
            process -> process.ended(end, () -> noted(process, exited)),
            () -> forgotten.told(exited));
  }

  /** The listener knows of the exit, so the agent may forget the process. */
  private void noted(AgentProcess process, Message.Exited exited) {
    try (var _ = monitor.hold()) {
      known.remove(process.number());
      forgotten.told(exited);
      monitor.somethingToSend();
    }
  }

  /** The first agent to reply to an adopting daemon: takes over the processes it names. */
  void adopt(List<Message.ProcessStatus> there) {
    there.forEach(status -> forgotten.upTo(status.process()));
    var statuses = byNumber(there);
    for (var process : List.copyOf(known.values())) {
      var status = statuses.get(process.number());
      process.started(status == null ? 0 : status.pid());
      process.outputs().forEach(OutputPump::adopt);
      if (status == null) {
        process.lost("the guest's agent does not know the process any more");
        known.remove(process.number());
        continue;
      }
      process.openStdin(new SendWindow(process.number(), Stream.STDIN, status.stdinReceived()));
      if (status.stdinEnded()) {
        process.stdin().ifPresent(StdinSender::over);
      }
    }
  }

  /** The reply to a hello: all streams go on where the agent is. */
  void resume(List<Message.ProcessStatus> there) {
    var statuses = byNumber(there);
    for (var process : known.values()) {
      var status = statuses.get(process.number());
      if (status != null) {
        process.stdin().ifPresent(stdin -> stdin.resume(status));
      } else if (process.started()) {
        // The agent keeps a process until its exit is acknowledged.
        throw new ProtocolException("it has forgotten process " + process.number());
      }
      process.outputs().forEach(OutputPump::tellAgain);
    }
  }

  private static Map<Integer, Message.ProcessStatus> byNumber(List<Message.ProcessStatus> there) {
    var statuses = new HashMap<Integer, Message.ProcessStatus>();
    there.forEach(status -> statuses.put(status.process(), status));
    return statuses;
  }

  /** The next thing to send: acknowledgements first, because others wait for them. */
  Optional<Message> poll() {
    var acknowledgement = forgotten.poll();
    if (acknowledgement.isPresent()) {
      return acknowledgement;
    }
    for (var process : known.values()) {
      for (var output : process.outputs()) {
        if (output.due()) {
          return Optional.of(output.tell());
        }
      }
    }
    return pollStdin();
  }

  private Optional<Message> pollStdin() {
    for (var process : known.values()) {
      var message = process.stdin().flatMap(StdinSender::poll);
      if (message.isPresent()) {
        // It goes to the end of the line, so that every process gets its turn.
        known.remove(process.number());
        known.put(process.number(), process);
        return message;
      }
    }
    return Optional.empty();
  }

  void lost(String reason) {
    known.values().forEach(process -> process.lost(reason));
  }

  void abandon() {
    known.values().forEach(AgentProcess::abandon);
  }
}
