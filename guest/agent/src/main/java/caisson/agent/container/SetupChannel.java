package caisson.agent.container;

import caisson.guest.protocol.Outcome;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Sockets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the agent and a child that is becoming a container's process tell each other, from fork to
 * execve: a pair of Unix sockets that keep messages whole (SOCK_SEQPACKET) and that execve closes.
 *
 * <p>The child sends its terminal's master if it has one, then that it is ready; it goes on to its
 * program when it is let, and the end of the channel without a failure means that it runs.
 */
public final class SetupChannel {
  private static final int MAX_MESSAGE = 2048;

  /** The descriptor after standard input, output and error. */
  private static final int FIRST_FREE = 3;

  private static final byte TERMINAL = 't';
  private static final byte READY = 'r';
  private static final byte FAILED = 'f';
  private static final byte GO = 'g';

  private final int agentEnd;
  private int childEnd;

  private SetupChannel(int agentEnd, int childEnd) {
    this.agentEnd = agentEnd;
    this.childEnd = childEnd;
  }

  /** What the child says. */
  public sealed interface Report {
    /** The master side of its terminal, close-on-exec; the agent's from now on. */
    record Terminal(int master) implements Report {}

    /** Everything is set up; it waits for {@link SetupChannel#letGo}. */
    record Ready() implements Report {}

    /** It could not become what it should, and ends. */
    record Failed(Outcome outcome, String message) implements Report {}

    /** Nobody holds the child's end any more: after {@link Ready} the program runs. */
    record Closed() implements Report {}
  }

  /** A new channel; made before the fork. */
  public static SetupChannel open() {
    int[] ends = Sockets.pair(Sockets.SOCK_SEQPACKET);
    Descriptors.setNonBlocking(ends[0], true);
    return new SetupChannel(ends[0], ends[1]);
  }

  /** The agent's end, to be polled for reading. */
  public int agentEnd() {
    return agentEnd;
  }

  /** In the agent, after the fork: lets the child alone hold its end. */
  public void leaveToChild() {
    closeChildEnd();
  }

  /** In the agent: what the child says next, empty if nothing yet. */
  public Optional<Report> receive() {
    return Sockets.receive(agentEnd, MAX_MESSAGE).map(SetupChannel::report);
  }

  private static Report report(Sockets.Received message) {
    byte[] bytes = message.bytes();
    return switch (bytes.length == 0 ? 0 : bytes[0]) {
      case TERMINAL -> new Report.Terminal(message.descriptor().orElse(-1));
      case READY -> new Report.Ready();
      case FAILED -> new Report.Failed(Outcome.of(bytes[1]), text(bytes));
      default -> new Report.Closed();
    };
  }

  private static String text(byte[] failure) {
    return new String(failure, 2, failure.length - 2, StandardCharsets.UTF_8);
  }

  /** In the agent: lets the child execute its program. */
  public void letGo() {
    try {
      Descriptors.writeAll(agentEnd, new byte[] {GO});
    } catch (ErrnoException gone) {
      // The child has ended; the agent learns it by the channel's end and the exit status.
    }
  }

  /** In the agent: closes its end; a child that has not been let go ends. */
  public void close() {
    Descriptors.close(agentEnd);
  }

  /** In the child: leaves nothing open but this channel and the standard streams. */
  void closeAllElse() {
    Descriptors.duplicateTo(childEnd, FIRST_FREE);
    Descriptors.setCloseOnExec(FIRST_FREE, true);
    Descriptors.closeFrom(FIRST_FREE + 1);
    childEnd = FIRST_FREE;
  }

  /** In a child that itself forks: lets its child alone hold the end. */
  void closeChildEnd() {
    Descriptors.close(childEnd);
  }

  void sendTerminal(int master) {
    Sockets.sendDescriptor(childEnd, new byte[] {TERMINAL}, master);
  }

  /** In the child: says that it is ready and waits; false when the agent has given it up. */
  boolean awaitGo() {
    Descriptors.writeAll(childEnd, new byte[] {READY});
    byte[] answer = new byte[1];
    return Descriptors.read(childEnd, answer, 0, 1) == 1 && answer[0] == GO;
  }

  void sendFailure(Outcome outcome, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[2 + Math.min(text.length, MAX_MESSAGE - 2)];
    bytes[0] = FAILED;
    bytes[1] = (byte) outcome.number();
    System.arraycopy(text, 0, bytes, 2, bytes.length - 2);
    Descriptors.writeAll(childEnd, bytes);
  }
}
