package caisson.vmm.agent;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.guest.protocol.ProtocolException;
import caisson.vmm.Vm;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What host and agent know of each other, which outlives connections: {@link #receive} takes what
 * the agent says, {@link #awaitFrame} gives what there is to tell it. Everything is guarded by one
 * {@link Monitor}. A session ends by a failure, which everybody is told, or by being left to a
 * later daemon, which nobody is told.
 */
final class Session {
  /** By how much later than its sender somebody else notices that time is up. */
  private static final Duration LENIENCE = Duration.ofSeconds(1);

  private final Vm vm;
  private final AgentTimeouts timeouts;
  private final boolean adopted;
  private final Monitor monitor = new Monitor();
  private final Greeting greeting;
  private final Requests requests = new Requests();
  private final Processes processes = new Processes(monitor);
  private Optional<Connection> connection = Optional.empty();
  private Optional<CaissonException> failure = Optional.empty();
  private boolean left;

  /**
   * @param adopted whether an earlier daemon started the machine
   */
  Session(Vm vm, AgentTimeouts timeouts, boolean adopted) {
    this.vm = vm;
    this.timeouts = timeouts;
    this.adopted = adopted;
    this.greeting =
        adopted
            ? new Greeting(timeouts.reconnect(), Protocol.MAX_FRAME)
            : new Greeting(timeouts.boot(), 0);
  }

  Monitor monitor() {
    return monitor;
  }

  // The following are used only while holding the monitor.

  Greeting greeting() {
    return greeting;
  }

  Processes processes() {
    return processes;
  }

  boolean over() {
    return left || failure.isPresent();
  }

  private void requireOpen() {
    failure.ifPresent(reason -> {
      throw new CaissonException(reason.code(), reason.text(), reason);
    });
    if (left) {
      throw leftToLater();
    }
  }

  private CaissonException leftToLater() {
    return new CaissonException(
        ErrorCode.UNAVAILABLE, "machine " + vm.id() + " is left to a later daemon");
  }

  // What callers do.

  /** Why it failed, if it did. */
  Optional<CaissonException> failure() {
    try (var _ = monitor.hold()) {
      return failure;
    }
  }

  /**
   * Refuses what an agent of an earlier build cannot do.
   *
   * @throws CaissonException CONFLICT
   */
  void require(int version, String otherwise) {
    try (var _ = monitor.hold()) {
      if (greeting.version() < version) {
        throw new CaissonException(
            ErrorCode.CONFLICT,
            "machine %s was started by an earlier build, whose agent %s"
                .formatted(vm.id(), otherwise));
      }
    }
  }

  /** Queues a request; {@code whenAnswered} is called holding the monitor. */
  Request submit(Command command, Consumer<Message.Response> whenAnswered)
      throws InterruptedException {
    try (var _ = monitor.hold()) {
      requireOpen();
      while (requests.full()) {
        monitor.change().await();
        requireOpen();
      }
      var request = requests.add(command, whenAnswered);
      monitor.somethingToSend();
      return request;
    }
  }

  void forget(Request request) {
    try (var _ = monitor.hold()) {
      requests.forget(request);
      monitor.changed();
    }
  }

  /** Waits until the agent has replied to the hello of the current connection. */
  void awaitGreeting() throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!greeting.replied() && !over()) {
        long _ = monitor.change().awaitNanos(greeting.left().plus(LENIENCE).toNanos());
        // An agent that takes nothing keeps the sender, which would notice, from doing so.
        if (greeting.left().plus(LENIENCE).isNegative()) {
          checkGreeting("its agent did not answer the hello");
        }
      }
      requireOpen();
    }
  }

  // What a connection does.

  FrameReader connected(Connection made) {
    try (var _ = monitor.hold()) {
      connection = Optional.of(made);
      greeting.connected();
      if (over()) {
        made.close();
      }
      return FrameReader.ofHost(greeting.nonceHigh(), greeting.nonceLow());
    }
  }

  void disconnected() {
    try (var _ = monitor.hold()) {
      connection = Optional.empty();
      greeting.disconnected(timeouts.reconnect());
      monitor.somethingToSend();
    }
  }

  /** What to send next on {@code by}; waits for it, and is empty when that is no more in use. */
  Optional<byte[]> awaitFrame(Connection by) throws InterruptedException {
    try (var _ = monitor.hold()) {
      while (!over() && connection.filter(current -> current == by).isPresent()) {
        var frame = pollFrame();
        if (frame.isPresent()) {
          return frame;
        }
        if (greeting.replied()) {
          monitor.outgoing().await();
        } else {
          long _ = monitor.outgoing().awaitNanos(greeting.untilNextStep());
          checkGreeting("its agent did not answer the hello");
        }
      }
      return Optional.empty();
    }
  }

  private Optional<byte[]> pollFrame() {
    if (greeting.due()) {
      requests.sendAgain();
      return Optional.of(greeting.hello(processes.positions()));
    }
    // The hello goes first on the same connection, so nothing is gained by waiting for the reply.
    var frame = requests.poll().map(Request::frame);
    if (frame.isEmpty() && greeting.replied()) {
      frame = processes.poll().map(FrameWriter::ofHost);
    }
    frame.ifPresent(bytes -> greeting.sent(bytes.length));
    return frame;
  }

  /** Fails the session if the agent has had its time to reply. */
  void checkGreeting(String step) {
    if (!greeting.replied() && greeting.left().isNegative()) {
      fail(step + " within " + greeting.limit().toSeconds() + " s" + LastWords.appended(vm));
    }
  }

  /**
   * Takes what the agent says.
   *
   * @throws ProtocolException if it must not say that
   */
  void receive(Message message) {
    try (var _ = monitor.hold()) {
      if (over()) {
        return;
      }
      take(message);
      // Of output there is much, and nobody waits for a piece of it.
      if (!(message instanceof Message.Data)) {
        monitor.somethingToSend();
        monitor.changed();
      }
    }
  }

  private void take(Message message) {
    switch (message) {
      case Message.HelloReply reply -> replied(reply);
      case Message.Response response -> requests.answer(response);
      case Message.Data data -> processes.receive(data);
      case Message.End end -> processes.receive(end);
      case Message.Window window -> processes.receive(window);
      case Message.Exited exited -> processes.receive(exited);
      case Message.Hello _, Message.Request _, Message.ExitAcknowledged _ ->
          throw new ProtocolException("it says what only a host says");
    }
  }

  private void replied(Message.HelloReply reply) {
    if (!greeting.understood(reply.version(), adopted)) {
      return;
    }
    boolean first = !greeting.everReplied();
    if (!greeting.reply(reply)) {
      fail("the guest has started anew");
      return;
    }
    if (first && adopted) {
      requests.goOnBehind(reply.lastRequest());
      processes.adopt(reply.processes());
    }
    processes.resume(reply.processes());
  }

  // How it ends.

  /** Ends it; whoever waits for anything is told why. */
  void fail(String reason) {
    fail(new CaissonException(ErrorCode.VM_FAILED, "machine " + vm.id() + ": " + reason));
  }

  /** The agent said what it must not; answers why the session failed. */
  CaissonException broken(ProtocolException e) {
    fail("its agent broke the protocol: " + e.getMessage());
    return failure().orElseGet(this::leftToLater);
  }

  private void fail(CaissonException reason) {
    try (var _ = monitor.hold()) {
      if (!over()) {
        failure = Optional.of(reason);
        requests.fail(reason);
        processes.lost(reason.text());
        end();
      }
    }
  }

  /** Leaves it to a later daemon. */
  void leave() {
    try (var _ = monitor.hold()) {
      if (!over()) {
        left = true;
        requests.fail(leftToLater());
        processes.abandon();
        end();
      }
    }
  }

  private void end() {
    connection.ifPresent(Connection::close);
    monitor.somethingToSend();
    monitor.changed();
  }
}
