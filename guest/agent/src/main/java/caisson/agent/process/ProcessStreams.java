package caisson.agent.process;

import caisson.agent.channel.ProcessChannel;
import caisson.agent.loop.EventLoop;
import caisson.guest.protocol.SendWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A process's standard streams, between its pipes or its terminal and the channel. */
final class ProcessStreams {
  private final EventLoop loop;
  private final ProcessChannel channel;
  private final List<Output> outputs = new ArrayList<>();
  private Optional<Input> input = Optional.empty();

  ProcessStreams(EventLoop loop, ProcessChannel channel) {
    this.loop = loop;
    this.channel = channel;
  }

  /** Carries what goes through pipes; one output each, in the channel's order. */
  void attach(Optional<Pipe> stdin, List<Pipe> pipes) {
    if (stdin.isPresent()) {
      attachInput(stdin.get(), true);
    }
    for (int i = 0; i < pipes.size(); i++) {
      Output output = new Output(loop, pipes.get(i), channel.outputs().get(i));
      outputs.add(output);
      loop.add(output);
    }
  }

  /** Carries what goes through a terminal, both ways. */
  void attach(Pipe master) {
    attachInput(master, false);
    attach(Optional.empty(), List.of(master));
  }

  private void attachInput(Pipe pipe, boolean closing) {
    if (channel.input().isPresent()) {
      Input content = new Input(loop, pipe, channel.input().get(), closing);
      input = Optional.of(content);
      loop.add(content);
    }
  }

  /** Ends the input if the host has and the process has taken all of it. */
  void settle() {
    input.ifPresent(Input::settle);
  }

  /** The process has ended: nobody takes its input. */
  void endInput() {
    input.ifPresent(Input::close);
  }

  /** Takes what is left where others hold the process's output open. */
  void drain() {
    for (Output output : outputs) {
      output.drain();
    }
  }

  /** Whether all outputs have come to their ends. */
  boolean finished() {
    for (Output output : outputs) {
      if (!output.finished()) {
        return false;
      }
    }
    return true;
  }

  /** Closes everything; what the process has not taken and what it has written is lost. */
  void close() {
    endInput();
    for (Output output : outputs) {
      output.finish();
    }
    for (SendWindow window : channel.outputs()) {
      window.finish();
    }
  }
}
