package caisson.agent.channel;

import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import java.util.Optional;

/**
 * The channel to the host. Nothing that the host sends does more than get an answer or a line on
 * the console, and nothing is kept for it beyond the windows of the streams and the last answers.
 */
public final class Channel {
  private final long boot;
  private final Guest guest;
  private final Responses responses = new Responses();
  private final ProcessChannels processes = new ProcessChannels();
  private final Inbox inbox;
  private final Outbox outbox;

  /**
   * @param boot random at each start of an agent
   */
  public Channel(long boot, Port port, FrameReader reader, Guest guest) {
    this.boot = boot;
    this.guest = guest;
    this.inbox = new Inbox(port, reader, guest, new FromHost());
    this.outbox = new Outbox(port, responses, processes);
  }

  /**
   * Makes room for a process.
   *
   * @throws RequestFailure CONFLICT or LIMIT
   */
  public ProcessChannel open(int number, boolean terminal, boolean stdin) {
    return processes.open(number, terminal, stdin);
  }

  /** Forgets a process. */
  public void forget(int number) {
    processes.remove(number);
  }

  /** Takes in what the host has sent; false when there is nobody at the other end. */
  public boolean receive() {
    return inbox.receive();
  }

  /** Sends what there is for the host. */
  public Progress send() {
    return outbox.send();
  }

  /** What the host says. */
  private final class FromHost implements Inbox.Receiver {
    @Override
    public void take(Message message) {
      if (message instanceof Message.Hello hello) {
        connect(hello);
      } else if (outbox.connected()) {
        takeConnected(message);
      }
    }

    @Override
    public void refuse(ProtocolException why) {
      guest.complain("the host: " + why.getMessage());
      if (outbox.connected() && why.request() > 0) {
        responses.refuse(why.request(), Outcome.INVALID, String.valueOf(why.getMessage()));
      }
    }
  }

  private void takeConnected(Message message) {
    switch (message) {
      case Message.Request(var id, var command) -> request(id, command);
      case Message.Data data ->
          input(data.process(), data.stream()).ifPresent(input -> input.accept(data));
      case Message.End end ->
          input(end.process(), end.stream()).ifPresent(input -> input.accept(end));
      case Message.Window window ->
          processes.find(window.process()).ifPresent(process -> acknowledge(process, window));
      case Message.ExitAcknowledged(var process) ->
          processes.find(process).ifPresent(this::noteExit);
      case Message.Hello _, Message.HelloReply _, Message.Response _, Message.Exited _ ->
          throw new ProtocolException("that message is not the host's to send");
    }
  }

  private void connect(Message.Hello hello) {
    responses.forgetUnsent();
    processes.resume();
    for (Message.Position position : hello.received()) {
      processes
          .find(position.process())
          .flatMap(process -> process.output(position.stream()))
          .ifPresent(output -> resume(output, position.offset()));
    }
    Message.HelloReply reply =
        new Message.HelloReply(
            Protocol.VERSION,
            hello.nonceHigh(),
            hello.nonceLow(),
            boot,
            responses.last(),
            processes.statuses());
    outbox.connect(reply, hello.version() == Protocol.VERSION);
  }

  private void resume(SendWindow output, long offset) {
    try {
      output.resume(offset);
    } catch (ProtocolException e) {
      guest.complain("the host: " + e.getMessage());
    }
  }

  private void request(int id, Command command) {
    if (id <= 0) {
      throw new ProtocolException("there is no request " + id);
    }
    if (!responses.begin(id)) {
      return;
    }
    Answer answer = new Answer(responses, id);
    try {
      guest.handle(command, answer);
    } catch (RequestFailure e) {
      answer.end(e.outcome(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      answer.end(Outcome.REFUSED, String.valueOf(e));
    }
  }

  private Optional<StandardInput> input(int process, Stream stream) {
    return stream == Stream.STDIN
        ? processes.find(process).flatMap(ProcessChannel::input)
        : Optional.empty();
  }

  private void acknowledge(ProcessChannel process, Message.Window window) {
    process
        .output(window.stream())
        .ifPresent(output -> output.acknowledge(window.acknowledged(), window.limit()));
    processes.removeIfDone(process);
  }

  private void noteExit(ProcessChannel process) {
    process.noteExit();
    processes.removeIfDone(process);
  }
}
