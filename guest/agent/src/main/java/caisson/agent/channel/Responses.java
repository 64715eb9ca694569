package caisson.agent.channel;

import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.Protocol;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requests that are being carried out and the last answers, so that a request that is asked
 * again because its answer was lost is answered again and carried out once. Whatever the host does,
 * at most {@link Protocol#MAX_REQUESTS} of both are kept.
 */
final class Responses {
  private final Set<Integer> running = new HashSet<>();
  // In the order in which they were given, the oldest first.
  private final Map<Integer, Message.Response> answers = new LinkedHashMap<>();
  private final Set<Integer> unsent = new LinkedHashSet<>();
  private int last;

  /** The highest number seen. */
  int last() {
    return last;
  }

  /** Whether request {@code id} is new and to be carried out; if not, it is answered in time. */
  boolean begin(int id) {
    if (running.contains(id)) {
      return false;
    }
    if (id <= last) {
      repeat(id);
      return false;
    }
    last = id;
    if (running.size() == Protocol.MAX_REQUESTS) {
      refuse(id, Outcome.LIMIT, Protocol.MAX_REQUESTS + " requests are being carried out already");
      return false;
    }
    running.add(id);
    return true;
  }

  /** Answers a request that is not carried out. */
  void refuse(int id, Outcome outcome, String message) {
    last = Math.max(last, id);
    finish(new Message.Response(id, outcome, message, new byte[0]));
  }

  private void repeat(int id) {
    Message.Response answer = answers.remove(id);
    if (answer == null) {
      refuse(id, Outcome.INVALID, "request " + id + " is older than the answers that are kept");
    } else {
      finish(answer);
    }
  }

  /** Notes an answer and that it is to be sent. */
  void finish(Message.Response answer) {
    running.remove(answer.id());
    answers.remove(answer.id());
    answers.put(answer.id(), answer);
    unsent.add(answer.id());
    if (answers.size() > Protocol.MAX_REQUESTS) {
      int oldest = answers.keySet().iterator().next();
      answers.remove(oldest);
      unsent.remove(oldest);
    }
  }

  /** A new connection: the host asks again for what it misses. */
  void forgetUnsent() {
    unsent.clear();
  }

  boolean ready() {
    return !unsent.isEmpty();
  }

  /** The next answer to send. */
  Optional<Message.Response> poll() {
    if (unsent.isEmpty()) {
      return Optional.empty();
    }
    int id = unsent.iterator().next();
    unsent.remove(id);
    return Optional.ofNullable(answers.get(id));
  }
}
