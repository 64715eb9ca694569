package caisson.agent.channel;

import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.ProtocolException;
import java.util.Optional;

/** Makes messages of what comes from the port. */
final class Inbox {
  /** How many bytes are read before others have their turn. */
  private static final int READ_AT_ONCE = 128 << 10;

  /** What the kernel hands out at once if there is more (virtio_console.c). */
  private static final int PORT_BUFFER = 4096;

  /** How long the rest of a frame may take: less than a host's wait for a reply; nanoseconds. */
  static final long PATIENCE = 500_000_000;

  private final Port port;
  private final FrameReader reader;
  private final Guest guest;
  private final Receiver receiver;
  private boolean progress;
  private boolean waiting;
  private long waitingSince;
  private boolean cut;

  /** What the messages are for. */
  interface Receiver {
    /**
     * A message has come.
     *
     * @throws ProtocolException if the host must not send that
     */
    void take(Message message);

    /** Something came that is no message, or must not. */
    void refuse(ProtocolException why);
  }

  Inbox(Port port, FrameReader reader, Guest guest, Receiver receiver) {
    this.port = port;
    this.reader = reader;
    this.guest = guest;
    this.receiver = receiver;
  }

  /** Takes in what there is; false when there is nobody at the other end. */
  boolean receive() {
    int rest = READ_AT_ONCE;
    while (rest > 0) {
      int room = reader.room();
      int count = port.read(reader.buffer(), reader.fillOffset(), room);
      if (count == 0) {
        cut = reader.unfinished();
        return false;
      }
      if (count == Port.WOULD_BLOCK) {
        break;
      }
      reader.filled(count);
      takeMessages();
      rest = count < PORT_BUFFER ? 0 : rest - count;
    }
    resumeIfStuck();
    return true;
  }

  /**
   * A frame that the last connection left unfinished would swallow one hello after another. That
   * nobody was at the other end tells of such a frame, but it is learnt by a way of its own: the
   * next connection may have begun before.
   */
  private void resumeIfStuck() {
    boolean unfinished = reader.unfinished();
    cut &= unfinished && !progress;
    if (unfinished && (progress || !waiting)) {
      waitingSince = guest.now();
    }
    if (unfinished && (cut || guest.now() - waitingSince > PATIENCE) && reader.skipToHello()) {
      takeMessages();
    }
    waiting = reader.unfinished();
    progress = false;
  }

  private void takeMessages() {
    boolean more = true;
    while (more) {
      try {
        Optional<Message> message = reader.next();
        more = message.isPresent();
        progress |= more;
        message.ifPresent(receiver::take);
      } catch (ProtocolException e) {
        receiver.refuse(e);
      }
    }
  }
}
