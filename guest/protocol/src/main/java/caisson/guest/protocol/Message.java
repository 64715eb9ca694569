package caisson.guest.protocol;

import java.util.List;

/** What one side tells the other in one frame. */
public sealed interface Message {
  /**
   * Begins a connection: host to agent, before anything else. Frames that hold it can be found in a
   * broken stream of bytes by {@link FrameReader#MAGIC}.
   *
   * @param nonceHigh what the reply has to repeat, so that it cannot be mistaken for an older one
   * @param received how much of each output stream the host has kept; the agent goes on from there
   */
  record Hello(int version, long nonceHigh, long nonceLow, List<Position> received)
      implements Message {}

  /**
   * Answers {@link Hello}.
   *
   * @param boot random at each start of an agent: tells a host that it speaks to another one
   * @param lastRequest the highest request number that the agent has seen
   */
  record HelloReply(
      int version,
      long nonceHigh,
      long nonceLow,
      long boot,
      int lastRequest,
      List<ProcessStatus> processes)
      implements Message {}

  /** Asks for something; {@code id} grows by one with each request. Host to agent. */
  record Request(int id, Command command) implements Message {}

  /**
   * Answers a request. Agent to host.
   *
   * @param message empty when it went well
   * @param body what the command's description says, empty for most
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Response(int id, Outcome outcome, String message, byte[] body) implements Message {}

  /** A piece of a stream that begins at {@code offset}. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Data(int process, Stream stream, long offset, byte[] bytes) implements Message {}

  /** The stream ends at {@code offset}; acknowledged by {@code offset + 1}. */
  record End(int process, Stream stream, long offset) implements Message {}

  /**
   * The receiver is done with everything before {@code acknowledged} and takes up to {@code limit}.
   */
  record Window(int process, Stream stream, long acknowledged, long limit) implements Message {}

  /**
   * A process has ended; told until it is acknowledged. Agent to host.
   *
   * @param signal 0 if it ended by itself
   * @param outOfMemory whether the kernel killed something in its container for want of memory
   */
  record Exited(int process, int code, int signal, boolean outOfMemory) implements Message {}

  /** The host has noted the exit: the agent may forget the process. */
  record ExitAcknowledged(int process) implements Message {}

  /** How much of a stream has been received; its end counts as one byte more. */
  record Position(int process, Stream stream, long offset) {}

  /**
   * A process that an agent knows.
   *
   * @param stdinReceived how many bytes of its standard input have arrived
   * @param stdinEnded whether the end of its standard input has arrived, or it never had one
   */
  record ProcessStatus(int process, int pid, long stdinReceived, boolean stdinEnded) {}
}
