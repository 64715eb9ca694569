package caisson.agent.channel;

import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ReceiveWindow;
import caisson.guest.protocol.SendWindow;
import caisson.guest.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that keeps to the protocol, for one test. */
final class Host {
  private final Wire wire;
  private final ArrayDeque<byte[]> outgoing = new ArrayDeque<>();
  private int written;
  private long nonce;
  private FrameReader reader = FrameReader.ofHost(0, 0);
  private int lastRequest;
  final Map<Integer, Command> unanswered = new LinkedHashMap<>();
  final Map<Integer, Message.Response> answers = new LinkedHashMap<>();
  final Map<Key, Received> streams = new LinkedHashMap<>();
  final Map<Integer, SendWindow> inputs = new LinkedHashMap<>();
  final Map<Integer, Message.Exited> exits = new LinkedHashMap<>();
  final List<Message> log = new ArrayList<>();
  Optional<Message.HelloReply> reply = Optional.empty();
  boolean takes = true;

  Host(Wire wire) {
    this.wire = wire;
  }

  record Key(int process, Stream stream) {}

  /** A stream as far as it has come. */
  static final class Received {
    final ReceiveWindow window = new ReceiveWindow(0);
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  }

  /** A new connection, or a first one. */
  void connect() {
    wire.connect();
    outgoing.clear();
    written = 0;
    nonce++;
    reader = FrameReader.ofHost(nonce, 0);
    reply = Optional.empty();
    // A frame that the last connection left unfinished is filled up, and fails its check.
    outgoing.add(new byte[8 + Protocol.MAX_FRAME]);
    send(hello(Protocol.VERSION));
    unanswered.forEach((id, command) -> send(new Message.Request(id, command)));
  }

  Message.Hello hello(int version) {
    var positions = new ArrayList<Message.Position>();
    streams.forEach((key, received) ->
        positions.add(
            new Message.Position(
                key.process(),
                key.stream(),
                received.window.received() + (received.window.ended() ? 1 : 0))));
    return new Message.Hello(version, nonce, 0, positions);
  }

  int ask(Command command) {
    lastRequest++;
    unanswered.put(lastRequest, command);
    send(new Message.Request(lastRequest, command));
    return lastRequest;
  }

  void send(Message message) {
    outgoing.add(FrameWriter.ofHost(message));
  }

  void sendRaw(byte[] bytes) {
    outgoing.add(bytes);
  }

  /** Writes and reads what it can. */
  void turn() {
    pollInputs();
    write();
    read();
  }

  private void pollInputs() {
    if (reply.isPresent()) {
      for (var input : inputs.values()) {
        for (var next = input.poll(); next.isPresent(); next = input.poll()) {
          send(next.get());
        }
      }
    }
  }

  private void write() {
    while (!outgoing.isEmpty()) {
      byte[] first = outgoing.peek();
      int count = wire.hostWrite(first, written, first.length - written);
      written += count;
      if (written < first.length) {
        return;
      }
      outgoing.remove();
      written = 0;
    }
  }

  private void read() {
    int count = 1;
    while (count > 0) {
      int room = reader.room();
      count = wire.hostRead(reader.buffer(), reader.fillOffset(), room);
      reader.filled(count);
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        log.add(next.get());
        take(next.get());
      }
    }
  }

  private void take(Message message) {
    switch (message) {
      case Message.HelloReply hello -> resume(hello);
      case Message.Response response -> {
        unanswered.remove(response.id());
        answers.put(response.id(), response);
      }
      case Message.Data data -> take(data);
      case Message.End end -> {
        var received = stream(end.process(), end.stream());
        if (!received.window.ended()) {
          received.window.accept(end);
          received.window.done(1);
        }
        tell(end.process(), end.stream());
      }
      case Message.Window(var process, var _, var acknowledged, var limit) -> {
        if (inputs.containsKey(process)) {
          inputs.get(process).acknowledge(acknowledged, limit);
        }
      }
      case Message.Exited exited -> {
        exits.put(exited.process(), exited);
        send(new Message.ExitAcknowledged(exited.process()));
      }
      case Message.Hello _, Message.Request _, Message.ExitAcknowledged _ ->
          throw new AssertionError(message);
    }
  }

  private void resume(Message.HelloReply hello) {
    reply = Optional.of(hello);
    for (var status : hello.processes()) {
      if (inputs.containsKey(status.process())) {
        inputs.get(status.process()).resume(status.stdinReceived() + (status.stdinEnded() ? 1 : 0));
      }
    }
    for (var key : streams.keySet()) {
      tell(key.process(), key.stream());
    }
  }

  private void take(Message.Data data) {
    var received = stream(data.process(), data.stream());
    int known = received.window.accept(data);
    received.bytes.write(data.bytes(), known, data.bytes().length - known);
    if (takes) {
      received.window.done(data.bytes().length - known);
      tell(data.process(), data.stream());
    }
  }

  private void tell(int process, Stream stream) {
    send(stream(process, stream).window.tell(process, stream));
  }

  Received stream(int process, Stream stream) {
    return streams.computeIfAbsent(new Key(process, stream), _ -> new Received());
  }

  Message.Response answer(int id) {
    return Optional.ofNullable(answers.get(id)).orElseThrow();
  }

  Message.Exited exit(int process) {
    return Optional.ofNullable(exits.get(process)).orElseThrow();
  }

  String text(int process, Stream stream) {
    return stream(process, stream).bytes.toString(StandardCharsets.US_ASCII);
  }
}
