package caisson.vmm.agent;

import caisson.guest.protocol.Command;
import caisson.guest.protocol.FrameReader;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A guest that waits for the first request and then sends whatever it likes. */
final class HostileAgent implements AutoCloseable {
  private final ServerSocketChannel server;
  private final Behaviour behaviour;

  /** What it does with a connection. */
  interface Behaviour {
    void send(SocketChannel channel, Message.Hello hello) throws IOException;
  }

  HostileAgent(Path socket, Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::listen);
  }

  static Message.HelloReply reply(Message.Hello hello) {
    return new Message.HelloReply(
        Protocol.VERSION, hello.nonceHigh(), hello.nonceLow(), 5, 0, List.of());
  }

  static void send(SocketChannel channel, Message message) throws IOException {
    send(channel, FrameWriter.ofAgent(message));
  }

  static void send(SocketChannel channel, byte[] bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void listen() {
    try {
      while (true) {
        try (var channel = server.accept()) {
          behaviour.send(channel, hello(channel));
          // Nothing more; the host hangs up when it has had enough.
          while (channel.read(ByteBuffer.allocate(4096)) >= 0) {}
        } catch (java.nio.channels.ClosedChannelException e) {
          return;
        } catch (IOException e) {
          // The host has hung up.
        }
      }
    } finally {
      close();
    }
  }

  /** The hello, when a request has come that somebody waits for. */
  private static Message.Hello hello(SocketChannel channel) throws IOException {
    var reader = FrameReader.ofAgent();
    Optional<Message.Hello> hello = Optional.empty();
    while (true) {
      int room = reader.room();
      int count = channel.read(ByteBuffer.wrap(reader.buffer(), reader.fillOffset(), room));
      if (count < 0) {
        throw new IOException("the host has hung up");
      }
      reader.filled(count);
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        switch (next.get()) {
          case Message.Hello first -> hello = Optional.of(first);
          case Message.Request(var _, Command.Configure _) -> {}
          default -> {
            return hello.orElseThrow();
          }
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
