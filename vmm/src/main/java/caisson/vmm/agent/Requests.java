package caisson.vmm.agent;

import caisson.base.CaissonException;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The requests without an answer, oldest first, and which of them the connection has yet to see.
 */
final class Requests {
  private final Map<Integer, Request> unanswered = new LinkedHashMap<>();
  private final Deque<Request> unsent = new ArrayDeque<>();
  private int last;

  /** Goes on behind the requests of an earlier daemon. */
  void goOnBehind(int lastRequest) {
    if (lastRequest < 0) {
      throw new ProtocolException("the last request cannot have been " + lastRequest);
    }
    last = Math.max(last, lastRequest);
  }

  /**
   * Whether another one has to wait: the agent remembers a bounded number of answers, so that of
   * the oldest unanswered one must still be among them when the connection is lost.
   */
  boolean full() {
    return !unanswered.isEmpty()
        && last + 1 - unanswered.keySet().iterator().next() >= Protocol.MAX_REQUESTS;
  }

  Request add(Command command, Consumer<Message.Response> whenAnswered) {
    var request = new Request(last + 1, command, whenAnswered);
    last = request.id();
    unanswered.put(request.id(), request);
    unsent.add(request);
    return request;
  }

  /** The next one to send. */
  Optional<Request> poll() {
    return Optional.ofNullable(unsent.poll());
  }

  /** A new connection has seen none of them. */
  void sendAgain() {
    unsent.clear();
    unsent.addAll(unanswered.values());
  }

  void answer(Message.Response response) {
    if (response.id() < 1 || response.id() > last) {
      throw new ProtocolException("an answer to request " + response.id() + ", which was not made");
    }
    // Without a request it is an answer that came twice, or later than anybody waited.
    var request = unanswered.remove(response.id());
    if (request != null) {
      unsent.remove(request);
      request.answered(response);
    }
  }

  /** Nobody waits for it any more. */
  void forget(Request request) {
    unanswered.remove(request.id());
    unsent.remove(request);
  }

  void fail(CaissonException failure) {
    unanswered.values().forEach(request -> request.failed(failure));
    unanswered.clear();
    unsent.clear();
  }
}
