package caisson.agent.process;

/** The agent's end of a process's stream; nothing here waits. */
interface Pipe {
  /** What {@link #read} and {@link #write} answer where they would have to wait. */
  int WOULD_BLOCK = -1;

  /** What {@link #read} answers at the end of the stream, and both when the other end is gone. */
  int CLOSED = 0;

  int fd();

  int read(byte[] buffer, int offset, int length);

  int write(byte[] buffer, int offset, int length);

  void close();
}
