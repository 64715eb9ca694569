package caisson.testkit;

import caisson.guest.protocol.ArchiveSetup;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.Encoder;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Outcome;
import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.Stream;
import caisson.guest.protocol.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A guest and its agent without a machine: listens where a machine's agent socket would be and
 * speaks the protocol with the protocol's own classes. Its processes are {@link FakeProgram}s.
 */
public final class FakeAgent implements AutoCloseable {
  /** What every container uses. */
  public static final ContainerUsage USAGE =
      new ContainerUsage(
          10_000_000,
          1,
          2,
          3,
          4,
          5,
          Long.MAX_VALUE,
          6,
          Long.MAX_VALUE,
          List.of(new ContainerUsage.Network("eth0", 1, 2, 3, 4, 5, 6, 7, 8)),
          List.of(new ContainerUsage.Disk(8, 0, 1, 2, 3, 4)));

  private static final int MAX_NUMBER = Integer.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long boot = ThreadLocalRandom.current().nextLong();
  private final ServerSocketChannel server;
  private final FakeProgram program;
  private final Runnable whenShutDown;
  private final AtomicReference<FakePort> port = new AtomicReference<>(FakePort.FAITHFUL);
  private final Map<Integer, FakeProcess> processes = new TreeMap<>();
  private final Map<Integer, Optional<Message.Response>> answers = new LinkedHashMap<>();
  private final List<Integer> toAnswer = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private int lastRequest;
  private boolean greeted;
  private Optional<Message> reply = Optional.empty();
  private Optional<SocketChannel> connection = Optional.empty();

  /**
   * Begins to listen.
   *
   * @param whenShutDown what becomes of the machine when the host has it shut down
   */
  public FakeAgent(Path socket, FakeProgram program, Runnable whenShutDown) {
    this.program = program;
    this.whenShutDown = whenShutDown;
    try {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fake-agent").start(this::listen);
  }

  /** What connections made from now on do to the bytes. */
  public void usePort(FakePort made) {
    port.set(made);
  }

  /** All requests so far, repeated ones once. */
  public List<Command> commands() {
    lock.lock();
    try {
      return List.copyOf(commands);
    } finally {
      lock.unlock();
    }
  }

  /** Sends what no agent may send: output that nobody granted, of a process that there is not. */
  public void breakProtocol() {
    lock.lock();
    try {
      reply = Optional.of(new Message.Data(MAX_NUMBER, Stream.STDOUT, 0, new byte[1]));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Cuts the current connection. */
  public void cut() {
    lock.lock();
    try {
      connection.ifPresent(FakeAgent::close);
    } finally {
      lock.unlock();
    }
  }

  /** The machine is gone. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    try {
      while (true) {
        serve(server.accept());
      }
    } catch (IOException e) {
      // Closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel channel) throws InterruptedException {
    var bytes = port.get().connect(channel);
    lock.lock();
    try {
      connection = Optional.of(channel);
      greeted = false;
      reply = Optional.empty();
    } finally {
      lock.unlock();
    }
    var writer = Thread.ofVirtual().start(() -> write(channel, bytes));
    try {
      read(bytes);
    } catch (IOException e) {
      // Cut.
    }
    close(channel);
    lock.lock();
    try {
      connection = Optional.empty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writer.join();
  }

  private void read(FakePort.Bytes bytes) throws IOException {
    var reader = FrameReader.ofAgent();
    while (true) {
      int room = reader.room();
      int count = bytes.read(ByteBuffer.wrap(reader.buffer(), reader.fillOffset(), room));
      if (count < 0) {
        return;
      }
      reader.filled(count);
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        receive(next.get());
      }
    }
  }

  private void write(SocketChannel channel, FakePort.Bytes bytes) {
    try {
      for (var next = await(channel); next.isPresent(); next = await(channel)) {
        bytes.write(ByteBuffer.wrap(FrameWriter.ofAgent(next.get())));
      }
    } catch (IOException e) {
      close(channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Message> await(SocketChannel channel) throws InterruptedException {
    lock.lock();
    try {
      while (connection.filter(channel::equals).isPresent()) {
        var next = poll();
        if (next.isPresent()) {
          changed.signalAll();
          return next;
        }
        changed.await();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Message> poll() {
    if (reply.isPresent()) {
      var first = reply;
      reply = Optional.empty();
      return first;
    }
    if (!greeted) {
      return Optional.empty();
    }
    while (!toAnswer.isEmpty()) {
      // What is still being done is answered when it is done.
      var answer = answers.getOrDefault(toAnswer.removeFirst(), Optional.empty());
      if (answer.isPresent()) {
        return answer.map(Message.class::cast);
      }
    }
    return processes.values().stream().flatMap(process -> process.poll().stream()).findFirst();
  }

  private void receive(Message message) {
    lock.lock();
    try {
      switch (message) {
        case Message.Hello hello -> greet(hello);
        case Message.Request request -> accept(request);
        case Message.Data data -> process(data.process()).ifPresent(p -> p.receive(data));
        case Message.End end -> process(end.process()).ifPresent(p -> p.receive(end));
        case Message.Window window ->
            process(window.process())
                .map(p -> p.output(window.stream()))
                .ifPresent(out -> out.acknowledge(window.acknowledged(), window.limit()));
        case Message.ExitAcknowledged noted -> processes.remove(noted.process());
        default -> throw new AssertionError("a host does not send " + message);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Optional<FakeProcess> process(int number) {
    return Optional.ofNullable(processes.get(number));
  }

  private void greet(Message.Hello hello) {
    processes.values().forEach(FakeProcess::resume);
    for (var position : hello.received()) {
      process(position.process()).ifPresent(process -> process.resume(position));
    }
    toAnswer.clear();
    var statuses = processes.values().stream().map(FakeProcess::status).toList();
    greeted = true;
    reply =
        Optional.of(
            new Message.HelloReply(
                Protocol.VERSION,
                hello.nonceHigh(),
                hello.nonceLow(),
                boot,
                lastRequest,
                statuses));
  }

  private void accept(Message.Request request) {
    if (answers.containsKey(request.id())) {
      toAnswer.add(request.id());
      return;
    }
    if (request.id() <= lastRequest) {
      throw new AssertionError("request " + request.id() + " comes behind " + lastRequest);
    }
    lastRequest = request.id();
    commands.add(request.command());
    answers.put(request.id(), Optional.empty());
    if (answers.size() > Protocol.MAX_REQUESTS) {
      answers.remove(answers.keySet().iterator().next());
    }
    Thread.ofVirtual().start(() -> handle(request));
  }

  private void handle(Message.Request request) {
    Message.Response response;
    try {
      response = new Message.Response(request.id(), Outcome.OK, "", carryOut(request.command()));
    } catch (FakeRefusal e) {
      response = new Message.Response(request.id(), e.outcome(), e.text(), new byte[0]);
    }
    lock.lock();
    try {
      answers.put(request.id(), Optional.of(response));
      toAnswer.add(request.id());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private byte[] carryOut(Command command) {
    return switch (command) {
      case Command.CreateContainer(var setup) -> start(setup.number(), setup.process());
      case Command.JoinContainer(var setup, var _) -> start(setup.number(), setup.process());
      case Command.Exec(var _, var number, var setup) -> start(number, setup);
      case Command.Archive(var _, var number, var work) ->
          start(number, ProcessSetup.streams(work.kind() == ArchiveSetup.Kind.WRITE));
      case Command.Signal(var number, var signal, var _) -> {
        running(number).kill(signal, false);
        yield new byte[0];
      }
      case Command.Usage _ -> USAGE.toBytes();
      case Command.Tasks _ -> Task.toBytes(List.of());
      case Command.Shutdown _ -> {
        whenShutDown.run();
        yield new byte[0];
      }
      case Command.Ping _,
          Command.Configure _,
          Command.StartContainer _,
          Command.MountDisk _,
          Command.Resize _,
          Command.UpdateLimits _,
          Command.Freeze _,
          Command.DeleteContainer _ ->
          new byte[0];
    };
  }

  private FakeProcess running(int number) {
    lock.lock();
    try {
      return process(number)
          .orElseThrow(() -> new FakeRefusal(Outcome.NOT_FOUND, "no process " + number));
    } finally {
      lock.unlock();
    }
  }

  private byte[] start(int number, ProcessSetup setup) {
    FakeProcess process;
    lock.lock();
    try {
      process = new FakeProcess(lock, changed, number, setup);
      if (setup.arguments().indexOf("missing") == 0) {
        throw new FakeRefusal(Outcome.COMMAND_NOT_FOUND, "there is no command \"missing\"");
      }
      processes.put(number, process);
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().start(() -> run(process, setup));
    return new Encoder().i32(process.pid()).toBytes();
  }

  private void run(FakeProcess process, ProcessSetup setup) {
    try {
      program.run(process, setup);
      process.exit(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
