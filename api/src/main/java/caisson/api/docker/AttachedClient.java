package caisson.api.docker;

import caisson.api.http.Hijack;
import caisson.engine.Attachment;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Joins a hijacked connection to a process's streams.
 *
 * <p>The end of the client's input says nothing about its interest in output: {@code docker run}
 * without {@code -i} ends it before the container starts. It ends the process's input where that is
 * the client's to do, and otherwise, where the client had joined the input, it lets go.
 */
public final class AttachedClient {
  private static final Logger LOG = System.getLogger(AttachedClient.class.getName());
  private static final int BUFFER = 8192;

  private final Hijack connection;
  private final Attachment attachment;
  private final OutputFormat format;

  public AttachedClient(Hijack connection, Attachment attachment, OutputFormat format) {
    this.connection = connection;
    this.attachment = attachment;
    this.format = format;
  }

  /**
   * What a client's input does.
   *
   * @param endsProcessInput whether its end is the process's end of input
   * @param detachKeys for terminals
   */
  public record Input(boolean endsProcessInput, Optional<DetachKeys> detachKeys) {}

  /**
   * Carries bytes until the process has ended or the client has let go; closes the attachment.
   *
   * @param input empty if the client does not join the process's input
   */
  public void serve(Optional<Input> input) throws InterruptedException {
    input.ifPresent(it -> Thread.ofVirtual().name("api-stdin").start(() -> carryInput(it)));
    try (attachment) {
      for (var piece = attachment.read(); piece.isPresent(); piece = attachment.read()) {
        var output = piece.get();
        connection.output().write(format.encode(output.source(), output.bytes()));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "an attached client went away", e);
    }
  }

  private void carryInput(Input input) {
    boolean letGo = true;
    try {
      letGo = copyInput(input) || !input.endsProcessInput();
    } catch (IOException | InterruptedException e) {
      LOG.log(Level.DEBUG, "an attached client went away", e);
    }
    if (letGo) {
      attachment.close();
    } else {
      attachment.closeStdin();
    }
  }

  /** Copies until the client ends its input, or answers true when it detaches. */
  private boolean copyInput(Input input) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    for (int n = connection.input().read(buffer); n >= 0; n = connection.input().read(buffer)) {
      if (input.detachKeys().isEmpty()) {
        attachment.write(buffer, 0, n);
      } else {
        var keys = input.detachKeys().get();
        byte[] passed = keys.filter(buffer, n);
        attachment.write(passed, 0, passed.length);
        if (keys.detached()) {
          return true;
        }
      }
    }
    return false;
  }
}
