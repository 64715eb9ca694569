package caisson.agent.channel;

import caisson.guest.protocol.Command;
import caisson.guest.protocol.Encoder;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import java.util.Optional;

/**
 * The channel to the host. Nothing that the host sends does more than get an answer or a line on
 * the console, and nothing is kept for it beyond the windows of the streams: what goes next is
 * decided when there is room for it in the port, so that an answer never waits behind output.
 */
public final class Channel {
  /** How many bytes are read before others have their turn. */
  private static final int READ_AT_ONCE = 128 << 10;

  /** What the kernel hands out at once if there is more (virtio_console.c). */
  private static final int PORT_BUFFER = 4096;

  /** How many frames are written before others have. */
  private static final int WRITE_AT_ONCE = 4;

  /** How long the rest of a frame may take, while bytes come: a host repeats its hello; ns. */
  static final long PATIENCE = 5_000_000_000L;

  private final long boot;
  private final Port port;
  private final Guest guest;
  private final FrameReader reader;
  private final Responses responses = new Responses();
  private final ProcessChannels processes = new ProcessChannels();
  private boolean connected;
  private boolean progress;
  private boolean waiting;
  private long waitingSince;
  private Optional<Message> reply = Optional.empty();
  private final Encoder frame = new Encoder();
  private int written;

  /**
   * @param boot random at each start of an agent
   */
  public Channel(long boot, Port port, FrameReader reader, Guest guest) {
    this.boot = boot;
    this.port = port;
    this.reader = reader;
    this.guest = guest;
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
    int rest = READ_AT_ONCE;
    while (rest > 0) {
      int room = reader.room();
      int count = port.read(reader.buffer(), reader.fillOffset(), room);
      if (count == 0) {
        disconnect();
        return false;
      }
      if (count == Port.WOULD_BLOCK) {
        break;
      }
      reader.filled(count);
      takeMessages();
      rest = count < PORT_BUFFER ? 0 : rest - count;
    }
    giveUpIfStuck();
    return true;
  }

  /**
   * A frame that the host's last connection left unfinished would swallow one hello after another.
   */
  private void giveUpIfStuck() {
    boolean unfinished = reader.unfinished();
    if (unfinished && (progress || !waiting)) {
      waitingSince = guest.now();
    } else if (unfinished && guest.now() - waitingSince > PATIENCE) {
      reader.giveUp();
      takeMessages();
    }
    waiting = reader.unfinished();
    progress = false;
  }

  private void disconnect() {
    reader.restart();
    connected = false;
    reply = Optional.empty();
    frame.reset();
    written = 0;
  }

  private void takeMessages() {
    boolean more = true;
    while (more) {
      try {
        Optional<Message> message = reader.next();
        more = message.isPresent();
        progress |= more;
        message.ifPresent(this::take);
      } catch (ProtocolException e) {
        refuse(e);
      }
    }
  }

  private void refuse(ProtocolException e) {
    guest.complain("the host: " + e.getMessage());
    if (connected && e.request() > 0) {
      responses.refuse(e.request(), Outcome.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private void take(Message message) {
    if (message instanceof Message.Hello hello) {
      connect(hello);
    } else if (connected) {
      takeConnected(message);
    }
  }

  private void takeConnected(Message message) {
    switch (message) {
      case Message.Request(var id, var command) -> request(id, command);
      case Message.Data data ->
          input(data.process(), data.stream()).ifPresent(input -> input.accept(data));
      case Message.End end ->
          input(end.process(), end.stream()).ifPresent(input -> input.accept(end));
      case Message.Window window -> acknowledge(window);
      case Message.ExitAcknowledged(var process) ->
          processes.find(process).ifPresent(this::noteExit);
      case Message.Hello _, Message.HelloReply _, Message.Response _, Message.Exited _ ->
          throw new ProtocolException("that message is not the host's to send");
    }
  }

  /**
   * A frame that is partly in the port is finished: if the host does not know its beginning, it
   * skips the rest as it skips everything before the reply.
   */
  private void connect(Message.Hello hello) {
    connected = hello.version() == Protocol.VERSION;
    if (written == 0) {
      frame.reset();
    }
    responses.forgetUnsent();
    processes.resume();
    for (Message.Position position : hello.received()) {
      output(position.process(), position.stream())
          .ifPresent(output -> resume(output, position.offset()));
    }
    reply =
        Optional.of(
            new Message.HelloReply(
                Protocol.VERSION,
                hello.nonceHigh(),
                hello.nonceLow(),
                boot,
                responses.last(),
                processes.statuses()));
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

  private void acknowledge(Message.Window window) {
    processes
        .find(window.process())
        .ifPresent(process -> {
          process
              .output(window.stream())
              .ifPresent(output -> output.acknowledge(window.acknowledged(), window.limit()));
          processes.removeIfDone(process);
        });
  }

  private void noteExit(ProcessChannel process) {
    process.noteExit();
    processes.removeIfDone(process);
  }

  private Optional<StandardInput> input(int process, Stream stream) {
    return stream == Stream.STDIN
        ? processes.find(process).flatMap(ProcessChannel::input)
        : Optional.empty();
  }

  private Optional<SendWindow> output(int process, Stream stream) {
    return processes.find(process).flatMap(each -> each.output(stream));
  }

  /** Sends what there is to send; says whether it is worth coming back as soon as possible. */
  public Progress send() {
    for (int frames = 0; frames < WRITE_AT_ONCE; ) {
      if (written == frame.length()) {
        if (!encodeNext()) {
          return Progress.IDLE;
        }
        frames++;
      }
      int count = port.write(frame.buffer(), written, frame.length() - written);
      if (count == Port.WOULD_BLOCK) {
        return Progress.BLOCKED;
      }
      written += count;
    }
    return Progress.MORE;
  }

  /** Where sending has stopped. */
  public enum Progress {
    /** There is nothing to send. */
    IDLE,
    /** The port takes no more now. */
    BLOCKED,
    /** There is more, but it was time for others. */
    MORE
  }

  private boolean encodeNext() {
    written = 0;
    frame.reset();
    Optional<Message> control = nextControl();
    if (control.isPresent()) {
      FrameWriter.ofAgent(control.get(), frame);
      return true;
    }
    return connected && processes.pollOutput(frame);
  }

  private Optional<Message> nextControl() {
    Optional<Message> next = reply;
    reply = Optional.empty();
    if (next.isEmpty() && connected) {
      next = responses.poll().map(Message.class::cast);
    }
    return next.isEmpty() && connected ? processes.pollControl() : next;
  }
}
