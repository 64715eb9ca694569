package caisson.vmm.agent;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.ProtocolException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A request that is not answered yet, in the form in which it is sent, perhaps again. */
final class Request {
  private final int id;
  private final String what;
  private final byte[] frame;
  private final Consumer<Message.Response> whenAnswered;
  private final CompletableFuture<Message.Response> answer = new CompletableFuture<>();

  /**
   * Numbers a command.
   *
   * @param whenAnswered takes the answer, holding the monitor, before anybody else does
   * @throws CaissonException INVALID_ARGUMENT if it does not fit into a frame
   */
  Request(int id, Command command, Consumer<Message.Response> whenAnswered) {
    this.id = id;
    this.whenAnswered = whenAnswered;
    this.what = command.getClass().getSimpleName();
    try {
      this.frame = FrameWriter.ofHost(new Message.Request(id, command));
    } catch (ProtocolException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT,
          "the request " + what + " is too large for the agent: " + e.getMessage(),
          e);
    }
  }

  int id() {
    return id;
  }

  /** Its name, for people. */
  String what() {
    return what;
  }

  byte[] frame() {
    return frame;
  }

  void answered(Message.Response response) {
    whenAnswered.accept(response);
    answer.complete(response);
  }

  void failed(CaissonException failure) {
    answer.completeExceptionally(failure);
  }

  /**
   * Waits for the answer.
   *
   * @throws TimeoutException if it does not come in time
   */
  Message.Response await(Duration limit) throws InterruptedException, TimeoutException {
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CaissonException failure) {
        throw new CaissonException(failure.code(), failure.text(), failure);
      }
      throw new IllegalStateException("an answer fails in no other way", e);
    }
  }
}
