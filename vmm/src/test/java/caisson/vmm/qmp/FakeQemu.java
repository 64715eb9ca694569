package caisson.vmm.qmp;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The other end of a QMP connection, which says what a test has it say. */
final class FakeQemu implements AutoCloseable {
  static final String GREETING = "{\"QMP\":{\"version\":{},\"capabilities\":[]}}\n";

  private final ServerSocketChannel server;
  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
  private volatile SocketChannel client = SocketChannel.open();

  private FakeQemu(ServerSocketChannel server) throws IOException {
    this.server = server;
  }

  /** What happens on the connection once it is there. */
  interface Conduct {
    void run(FakeQemu qemu) throws Exception;
  }

  /** Listens at {@code path}; the first client gets {@code conduct}, then the end. */
  static FakeQemu start(Path path, Conduct conduct) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    var qemu = new FakeQemu(server);
    Thread.ofVirtual().name("fake-qemu").start(() -> qemu.serve(conduct));
    return qemu;
  }

  private void serve(Conduct conduct) {
    try (var accepted = server.accept()) {
      client = accepted;
      conduct.run(this);
    } catch (Exception e) {
      // The test has ended the connection.
    }
  }

  void say(String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  /** Waits for the next command and answers its id. */
  long hear() throws IOException {
    var command = new JsonLines(client).next();
    commands.add(command.path("execute").asText());
    return command.path("id").asLong();
  }

  /** The greeting, and an empty answer to the first command. */
  void greet() throws IOException {
    say(GREETING);
    say(answer(hear(), "{}"));
  }

  static String answer(long id, String value) {
    return "{\"return\":" + value + ",\"id\":" + id + "}\n";
  }

  BlockingQueue<String> commands() {
    return commands;
  }

  @Override
  public void close() throws IOException {
    server.close();
    client.close();
  }
}
