package caisson.agent.channel;

import caisson.guest.protocol.Encoder;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import java.util.Optional;

/**
 * Decides what goes to the host next, when there is room for it in the port: the reply to a hello,
 * then answers, then exits and windows, then output. No more than one frame is kept for the port.
 */
final class Outbox {
  /** How many frames are written before others have their turn. */
  private static final int WRITE_AT_ONCE = 4;

  private final Port port;
  private final Responses responses;
  private final ProcessChannels processes;
  private final Encoder frame = new Encoder();
  private int written;
  private boolean connected;
  private Optional<Message> reply = Optional.empty();

  Outbox(Port port, Responses responses, ProcessChannels processes) {
    this.port = port;
    this.responses = responses;
    this.processes = processes;
  }

  /**
   * A hello has come. A frame that is partly in the port is finished: if the host does not know its
   * beginning, it skips the rest as it skips everything before the reply.
   *
   * @param understood whether anything but the reply may follow
   */
  void connect(Message helloReply, boolean understood) {
    reply = Optional.of(helloReply);
    connected = understood;
    if (written == 0) {
      frame.reset();
    }
  }

  boolean connected() {
    return connected;
  }

  /** Sends what there is to send. */
  Progress send() {
    int frames = 0;
    while (frames < WRITE_AT_ONCE) {
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
