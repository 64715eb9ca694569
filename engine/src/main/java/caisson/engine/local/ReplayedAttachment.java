package caisson.engine.local;

import caisson.engine.Attachment;
import caisson.engine.LogReader;
import caisson.engine.Output;
import java.util.Optional;

/** A client that reads a log before it reads what comes. */
record ReplayedAttachment(LogReader log, Attachment live) implements Attachment {
  @Override
  public Optional<Output> read() throws InterruptedException {
    var kept = log.next();
    return kept.isPresent()
        ? kept.map(entry -> new Output(entry.source(), entry.bytes()))
        : live.read();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws InterruptedException {
    live.write(bytes, offset, length);
  }

  @Override
  public void closeStdin() {
    live.closeStdin();
  }

  @Override
  public void close() {
    log.close();
    live.close();
  }
}
