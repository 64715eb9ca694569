package caisson.vmm.qmp;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.Descriptor;
import caisson.linux.DescriptorSocket;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Hands open files to a running QEMU, over a monitor that is used for nothing else: only a socket
 * outside Java's channels can carry them, and the connection that stays is one of Java's.
 */
public final class DescriptorMonitor implements AutoCloseable {
  private final DescriptorSocket socket;
  private final JsonLines answers;

  private DescriptorMonitor(DescriptorSocket socket) {
    this.socket = socket;
    this.answers = new JsonLines(socket);
  }

  /**
   * Gives {@code file} to the QEMU whose monitor listens at {@code path}, and answers the number of
   * the descriptor set that QEMU put it into.
   *
   * @throws CaissonException VM_FAILED if QEMU does not take it
   */
  public static long pass(Path path, Descriptor file, Duration timeout) {
    try (var monitor = new DescriptorMonitor(DescriptorSocket.connect(path, timeout))) {
      monitor.answers.next(); // the greeting
      monitor.socket.send(command("qmp_capabilities"));
      monitor.answer();
      monitor.socket.send(command("add-fd"), file);
      return monitor.answer().path("fdset-id").asLong();
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.VM_FAILED, "cannot hand a file to QEMU at " + path + ": " + e.getMessage(), e);
    }
  }

  private static byte[] command(String name) throws IOException {
    return JsonLines.line(Map.of("execute", name));
  }

  /** What QEMU returned; events are of no interest here. */
  private JsonNode answer() throws IOException {
    while (true) {
      var message = answers.next();
      if (message.has("error")) {
        throw new IOException("it was refused: " + message.at("/error/desc").asText());
      }
      if (message.has("return")) {
        return message.path("return");
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
