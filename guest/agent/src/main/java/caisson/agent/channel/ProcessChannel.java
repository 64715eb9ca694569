package caisson.agent.channel;

import caisson.guest.protocol.Message;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import caisson.guest.protocol.WindowMemory;
import java.util.List;
import java.util.Optional;

/** A process as the host sees it: its streams, and its exit until the host has noted it. */
public final class ProcessChannel {
  private final int number;
  private final List<SendWindow> outputs;
  private final Optional<StandardInput> input;
  private int pid;
  private Optional<Message.Exited> exit = Optional.empty();
  private boolean exitToTell;
  private boolean exitNoted;

  /**
   * @param terminal whether all output is one stream
   * @param more what outputs may keep beyond their own
   */
  ProcessChannel(int number, boolean terminal, boolean stdin, WindowMemory more) {
    SendWindow out = new SendWindow(number, Stream.STDOUT, more);
    this.number = number;
    this.outputs =
        terminal ? List.of(out) : List.of(out, new SendWindow(number, Stream.STDERR, more));
    this.input = stdin ? Optional.of(new StandardInput(number)) : Optional.empty();
  }

  /** The number that the host gave it. */
  public int number() {
    return number;
  }

  /** It has been forked. */
  public void begin(int processId) {
    pid = processId;
  }

  /** Standard output and, without a terminal, standard error. */
  public List<SendWindow> outputs() {
    return outputs;
  }

  public Optional<StandardInput> input() {
    return input;
  }

  /** It has ended, and all that it wrote is in its outputs. */
  public void end(int code, int signal, boolean outOfMemory) {
    exit = Optional.of(new Message.Exited(number, code, signal, outOfMemory));
    exitToTell = true;
  }

  /** The host has noted the exit, if it has been told. */
  void noteExit() {
    exitNoted = exit.isPresent();
    exitToTell = exitToTell && !exitNoted;
  }

  /** Whether the host knows how it ended, and may only want the rest of its output. */
  boolean exitNoted() {
    return exitNoted;
  }

  /** Whether the host has everything of it. */
  boolean done() {
    boolean done = exitNoted;
    for (SendWindow output : outputs) {
      done &= output.done();
    }
    return done;
  }

  Message.ProcessStatus status() {
    long received = input.isPresent() ? input.get().received() : 0;
    boolean inputEnded = input.isEmpty() || input.get().ended();
    return new Message.ProcessStatus(number, pid, received, inputEnded);
  }

  Optional<SendWindow> output(Stream stream) {
    int place = stream.number() - 1;
    return place >= 0 && place < outputs.size()
        ? Optional.of(outputs.get(place))
        : Optional.empty();
  }

  /** A new connection; the host may say later how much of each stream it has. */
  void resume() {
    for (SendWindow output : outputs) {
      output.resume();
    }
    input.ifPresent(StandardInput::tellAgain);
    exitToTell = exit.isPresent() && !exitNoted;
  }

  boolean controlReady() {
    return exitToTell || (input.isPresent() && input.get().ready());
  }

  /** The next thing to tell that is not output. */
  Optional<Message> pollControl() {
    Optional<Message> window = input.flatMap(StandardInput::poll);
    if (window.isPresent() || !exitToTell) {
      return window;
    }
    exitToTell = false;
    return exit.map(Message.class::cast);
  }
}
