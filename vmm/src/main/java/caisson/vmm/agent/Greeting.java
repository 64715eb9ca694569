package caisson.vmm.agent;

import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The hello that begins each connection, and the reply to it. A hello can be among what a
 * reconnection loses, so it is said again, ever less often, until the reply comes or time is up.
 */
final class Greeting {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration FIRST_REPEAT = Duration.ofSeconds(1);

  private long high;
  private long low;
  private boolean due;
  private boolean replied;
  private long repeatAt;
  private Duration repeat = FIRST_REPEAT;
  private long begun;
  private Duration limit;
  private OptionalLong boot = OptionalLong.empty();
  private int version = Protocol.VERSION;
  private int longestSent;
  private int longestCut;

  /**
   * Time is up {@code limit} from now if there is no reply.
   *
   * @param longestCut the longest frame that an earlier daemon may have left unfinished
   */
  Greeting(Duration limit, int longestCut) {
    this.limit = limit;
    this.longestCut = longestCut;
    this.begun = System.nanoTime();
  }

  /** A connection is made. */
  void connected() {
    high = RANDOM.nextLong();
    low = RANDOM.nextLong();
    due = true;
    repeat = FIRST_REPEAT;
  }

  /** The connection is lost; unless there was no reply on it, time runs anew. */
  void disconnected(Duration newLimit) {
    if (replied) {
      begun = System.nanoTime();
      limit = newLimit;
    }
    replied = false;
    due = false;
    longestCut = Math.max(longestCut, longestSent);
    longestSent = 0;
  }

  /** A frame of so many bytes goes out. */
  void sent(int length) {
    longestSent = Math.max(longestSent, length);
  }

  long nonceHigh() {
    return high;
  }

  long nonceLow() {
    return low;
  }

  /** Whether a hello is to be sent. */
  boolean due() {
    if (!replied && !due && System.nanoTime() - repeatAt >= 0) {
      due = true;
      repeat = repeat.multipliedBy(2);
    }
    return due;
  }

  /**
   * The hello's frame, behind as many zeros as fill up the frame that an earlier connection may
   * have left unfinished: that fails its check then, and zeros are no frame.
   */
  byte[] hello(List<Message.Position> received) {
    due = false;
    repeatAt = System.nanoTime() + repeat.toNanos();
    var hello = FrameWriter.ofHost(new Message.Hello(version, high, low, received));
    sent(hello.length);
    byte[] filled = new byte[longestCut + hello.length];
    System.arraycopy(hello, 0, filled, longestCut, hello.length);
    return filled;
  }

  boolean replied() {
    return replied;
  }

  /** Whether any agent ever replied. */
  boolean everReplied() {
    return boot.isPresent();
  }

  /** The version that both sides speak, once the agent has replied. */
  int version() {
    return version;
  }

  /**
   * Whether an agent took the hello. One of an earlier build did not; the hello is said again then,
   * in its version.
   *
   * @param agents the version that it speaks
   * @param adopted whether an earlier daemon may have started it
   */
  boolean understood(int agents, boolean adopted) {
    if (agents == version) {
      return true;
    }
    if (!adopted || agents < Protocol.OLDEST || agents > version) {
      throw new ProtocolException("it speaks version " + agents + " and not " + version);
    }
    version = agents;
    due = true;
    return false;
  }

  /**
   * The reply has come.
   *
   * @return whether it is from the agent that replied first, and not from one started since
   */
  boolean reply(Message.HelloReply reply) {
    replied = true;
    longestCut = 0;
    boolean first = boot.isEmpty();
    boot = first ? OptionalLong.of(reply.boot()) : boot;
    return boot.getAsLong() == reply.boot();
  }

  /** How long a reply may take. */
  Duration limit() {
    return limit;
  }

  /** How long a reply has been waited for. */
  Duration waited() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** How long there is still to wait for a reply; negative when time is up. */
  Duration left() {
    return limit.minus(waited());
  }

  /** Nanoseconds until the hello is said again or time is up. */
  long untilNextStep() {
    return Math.min(left().toNanos() + 1, repeatAt - System.nanoTime());
  }
}
