package caisson.vmm.agent;

import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import caisson.guest.protocol.Stream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Processes that the agent still tells about and nobody here listens to: those whose last
 * acknowledgement was lost, and further processes of an earlier daemon. All they say is
 * acknowledged at once, so that they never hold anything up in the guest.
 */
final class ForgottenProcesses {
  /** Three streams and an exit of every process that an agent may have. */
  private static final int MOST = 4 * Protocol.MAX_PROCESSES;

  private final Map<Object, Message> due = new LinkedHashMap<>();
  private int highest;

  private record Source(int process, Stream stream) {}

  /** There are, or were, processes with numbers up to this one. */
  void upTo(int number) {
    highest = Math.max(highest, number);
  }

  int highest() {
    return highest;
  }

  void told(Message.Data data) {
    acknowledge(data.process(), data.stream(), data.offset() + data.bytes().length);
  }

  void told(Message.End end) {
    acknowledge(end.process(), end.stream(), end.offset() + 1);
  }

  void told(Message.Exited exited) {
    put(exited.process(), exited.process(), new Message.ExitAcknowledged(exited.process()));
  }

  private void acknowledge(int process, Stream stream, long offset) {
    var window = new Message.Window(process, stream, offset, offset + Protocol.WINDOW);
    put(process, new Source(process, stream), window);
  }

  private void put(int process, Object key, Message message) {
    if (process < 1 || process > highest) {
      throw new ProtocolException("there is no process " + process);
    }
    due.put(key, message);
    if (due.size() > MOST) {
      throw new ProtocolException("it tells of more processes than an agent may have");
    }
  }

  /** The next acknowledgement to send. */
  Optional<Message> poll() {
    var values = due.values().iterator();
    if (!values.hasNext()) {
      return Optional.empty();
    }
    var first = values.next();
    values.remove();
    return Optional.of(first);
  }
}
