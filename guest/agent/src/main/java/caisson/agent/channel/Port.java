package caisson.agent.channel;

/** The port to the host; nothing here waits. */
public interface Port {
  /** What {@link #read} and {@link #write} answer where they would have to wait. */
  int WOULD_BLOCK = -1;

  /** Reads up to {@code length} bytes; 0 when there is nobody at the other end. */
  int read(byte[] buffer, int offset, int length);

  /** Writes what it can of {@code length} bytes and says how many. */
  int write(byte[] buffer, int offset, int length);
}
