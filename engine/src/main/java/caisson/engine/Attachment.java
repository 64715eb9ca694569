package caisson.engine;

import java.util.Optional;

/**
 * One client's hold on a process's streams. Reading and writing may go on in two threads at once. A
 * client that does not read slows its own process's output and nothing else.
 */
public interface Attachment extends AutoCloseable {
  /** Waits for output; empty when the process has ended and all was read, or this is closed. */
  Optional<Output> read() throws InterruptedException;

  /** Hands bytes to the process's standard input; waits while the process does not take them. */
  void write(byte[] bytes, int offset, int length) throws InterruptedException;

  /** The client sends nothing more; ends the process's input if that is this client's to do. */
  void closeStdin();

  /** Lets go; the process goes on. */
  @Override
  void close();
}
