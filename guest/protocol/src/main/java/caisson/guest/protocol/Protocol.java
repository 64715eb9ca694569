package caisson.guest.protocol;

/**
 * The contract between the host and the agent in a guest, spoken over one virtio-serial port. Both
 * sides compile this module; there is no second definition.
 *
 * <p>The port carries frames (see {@link FrameReader}) and loses what is in flight whenever the
 * host's side reconnects. So a connection begins with {@link Message.Hello} and {@link
 * Message.HelloReply}, every byte of a stream has an offset, the sender keeps what it sent until
 * the receiver acknowledges it, requests are numbered and answered again when they are asked again,
 * and an exit is told until it is acknowledged.
 *
 * <p>The host may send requests right behind its hello; all else waits for the reply. From then on
 * each side goes on with its streams where the other says it is, and tells the window of each
 * stream that it receives, because the last one may be among what was lost. What is unacknowledged
 * of a stream that the hello does not name goes again from its beginning, as does every exit.
 *
 * <p>A process without a terminal has two output streams, one with a terminal only {@link
 * Stream#STDOUT}; each of them ends, before or after the exit is told.
 */
public final class Protocol {
  /** Raised with every change that the other side would not understand. */
  public static final int VERSION = 3;

  /**
   * The oldest version whose agents a host goes on with in machines that an earlier build started.
   * What is said to a machine that has its container already has been the same since then; {@link
   * Command.CreateContainer}, and what {@link Command.Configure} says of cards, may differ. Agents
   * before version {@value #JOINING} do not know {@link Command.JoinContainer}.
   */
  public static final int OLDEST = 1;

  /** The first version in which a machine takes a second container. */
  public static final int JOINING = 3;

  /** The name of the virtio-serial port. */
  public static final String PORT = "caisson.agent";

  /** The largest payload of a frame, in bytes. */
  public static final int MAX_FRAME = 256 << 10;

  /** The largest piece of a stream in one message, in bytes. */
  public static final int MAX_DATA = 32 << 10;

  /** How many bytes of a stream may be unacknowledged; what a receiver grants at first. */
  public static final int WINDOW = 128 << 10;

  /**
   * What the host grants a process's output once some has come: with less, a process that writes
   * much would wait for acknowledgements. The agent uses it as far as {@link WindowMemory} goes.
   */
  public static final int LARGE_WINDOW = 512 << 10;

  /** How many processes an agent carries at most. */
  public static final int MAX_PROCESSES = 64;

  /** How many requests may be unanswered, and how many answers the agent remembers. */
  public static final int MAX_REQUESTS = 16;

  private Protocol() {}
}
