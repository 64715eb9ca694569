package caisson.agent.channel;

import caisson.guest.protocol.Encoder;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.WindowMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that the host knows, at most {@link Protocol#MAX_PROCESSES}. One that has ended is
 * kept until the host has all its output and has noted its exit; a host that has noted it and takes
 * no output loses that when the room is needed. What they have for the host goes out in turns: an
 * exit or a window before any output, and of the outputs one piece each.
 */
final class ProcessChannels {
  private static final int STREAMS = 2;

  /** How many outputs may be far ahead of the host at once. */
  private static final int LARGE_WINDOWS = 16;

  private final WindowMemory more = new WindowMemory(LARGE_WINDOWS);
  private final List<ProcessChannel> all = new ArrayList<>();
  private int turn;

  /**
   * Makes room for a process.
   *
   * @throws RequestFailure CONFLICT or LIMIT
   */
  ProcessChannel open(int number, boolean terminal, boolean stdin) {
    if (find(number).isPresent()) {
      throw new RequestFailure(Outcome.CONFLICT, "there is a process " + number + " already");
    }
    if (all.size() == Protocol.MAX_PROCESSES) {
      all.removeIf(ProcessChannel::exitNoted);
    }
    if (all.size() == Protocol.MAX_PROCESSES) {
      throw new RequestFailure(
          Outcome.LIMIT, "there are " + Protocol.MAX_PROCESSES + " processes already");
    }
    ProcessChannel process = new ProcessChannel(number, terminal, stdin, more);
    all.add(process);
    return process;
  }

  Optional<ProcessChannel> find(int number) {
    for (ProcessChannel process : all) {
      if (process.number() == number) {
        return Optional.of(process);
      }
    }
    return Optional.empty();
  }

  void remove(int number) {
    all.removeIf(process -> process.number() == number);
  }

  /** Forgets a process if the host has everything of it. */
  void removeIfDone(ProcessChannel process) {
    if (process.done()) {
      all.remove(process);
    }
  }

  List<Message.ProcessStatus> statuses() {
    List<Message.ProcessStatus> statuses = new ArrayList<>();
    for (ProcessChannel process : all) {
      statuses.add(process.status());
    }
    return statuses;
  }

  void resume() {
    for (ProcessChannel process : all) {
      process.resume();
    }
  }

  /** The next exit or window to tell. */
  Optional<Message> pollControl() {
    for (ProcessChannel process : all) {
      if (process.controlReady()) {
        return process.pollControl();
      }
    }
    return Optional.empty();
  }

  /** Puts the next piece of output into {@code frame}; false if there is none. */
  boolean pollOutput(Encoder frame) {
    int places = all.size() * STREAMS;
    for (int i = 1; i <= places; i++) {
      int place = (turn + i) % places;
      List<SendWindow> outputs = all.get(place / STREAMS).outputs();
      if (place % STREAMS < outputs.size() && outputs.get(place % STREAMS).ready()) {
        turn = place;
        return FrameWriter.ofAgent(outputs.get(place % STREAMS), frame);
      }
    }
    return false;
  }
}
