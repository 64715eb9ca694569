package caisson.vmm.agent;

import caisson.base.CaissonException;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process in a guest. */
public final class AgentProcess {
  private final Monitor monitor;
  private final int number;
  private final ProcessListener listener;
  private final Map<Stream, OutputPump> outputs = new EnumMap<>(Stream.class);
  private Optional<StdinSender> stdin = Optional.empty();
  private Optional<ProcessEnd> end = Optional.empty();
  private boolean started;
  private Optional<String> lost = Optional.empty();
  private int pid;
  private boolean abandoned;

  AgentProcess(Monitor monitor, KeptProcess kept) {
    this.monitor = monitor;
    this.number = kept.number();
    this.listener = kept.listener();
    addOutput(Stream.STDOUT, kept.stdout());
    if (!kept.terminal()) {
      addOutput(Stream.STDERR, kept.stderr());
    }
  }

  private void addOutput(Stream stream, long kept) {
    outputs.put(stream, new OutputPump(monitor, number, stream, kept, listener));
  }

  /** Its number between host and agent. */
  public int number() {
    return number;
  }

  /** Its process id in the guest. */
  public int pid() {
    try (var _ = monitor.hold()) {
      return pid;
    }
  }

  /** Whether its end is known, even if not all of its output has been delivered. */
  public boolean hasEnded() {
    try (var _ = monitor.hold()) {
      return end.isPresent();
    }
  }

  /**
   * Hands bytes to its standard input and waits while it does not take them. Nothing happens if it
   * has none, or will not read any more.
   */
  public void write(byte[] bytes, int offset, int length) throws InterruptedException {
    var to = currentStdin();
    if (to.isPresent()) {
      to.get().write(bytes, offset, length);
    }
  }

  /** Ends its standard input. */
  public void closeStdin() {
    currentStdin().ifPresent(StdinSender::end);
  }

  private Optional<StdinSender> currentStdin() {
    try (var _ = monitor.hold()) {
      return stdin;
    }
  }

  void openStdin(SendWindow window) {
    stdin = Optional.of(new StdinSender(monitor, window));
  }

  /** It runs, as the answer to the request that started it or the agent's reply to a hello says. */
  void started(int guestPid) {
    started = true;
    pid = guestPid;
    lost.ifPresent(this::endLost);
  }

  boolean started() {
    return started;
  }

  Optional<StdinSender> stdin() {
    return stdin;
  }

  List<OutputPump> outputs() {
    return List.copyOf(outputs.values());
  }

  /** What has come of the streams that are not at their end yet. */
  List<Message.Position> positions() {
    return outputs.values().stream().map(OutputPump::position).toList();
  }

  OutputPump output(Stream stream) {
    var found = outputs.get(stream);
    if (found == null) {
      throw new ProtocolException("process " + number + " has no " + stream + " to read from");
    }
    return found;
  }

  /**
   * Its end is known. Tells the listener as soon as that has had all output, and then {@code
   * whenTold}.
   */
  void ended(ProcessEnd how, Runnable whenTold) {
    if (end.isEmpty()) {
      end = Optional.of(how);
      stdin.ifPresent(StdinSender::over);
      ListenerThreads.start(() -> tellEnd(how, whenTold));
    }
  }

  private void tellEnd(ProcessEnd how, Runnable whenTold) {
    try {
      listener.exited();
      if (awaitOutput()) {
        listener.ended(how);
        whenTold.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CaissonException e) {
      System.getLogger("caisson.vmm")
          .log(System.Logger.Level.ERROR, "the end of process " + number + " is not noted", e);
    }
  }

  /** Nothing more will come. If it has not started yet, whoever wanted that is told otherwise. */
  void lost(String reason) {
    lost = Optional.of(reason);
    if (started) {
      endLost(reason);
    }
    monitor.changed();
  }

  private void endLost(String reason) {
    ended(new ProcessEnd.Lost(reason), () -> {});
  }

  private boolean awaitOutput() throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!abandoned && !outputOver()) {
        monitor.change().await();
      }
      return !abandoned;
    }
  }

  private boolean outputOver() {
    return outputs.values().stream().allMatch(o -> o.finished() || (lost.isPresent() && o.idle()));
  }

  /** Nobody listens any more: a later daemon goes on. */
  void abandon() {
    abandoned = true;
    outputs.values().forEach(OutputPump::abandon);
    stdin.ifPresent(StdinSender::over);
    monitor.changed();
  }
}
