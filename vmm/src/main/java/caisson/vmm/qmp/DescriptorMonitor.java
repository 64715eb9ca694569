package caisson.vmm.qmp;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.Descriptor;
import caisson.linux.DescriptorSocket;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Hands open files to a running QEMU, over a monitor that is used for nothing else: only a socket
 * outside Java's channels can carry them, and the connection that stays is one of Java's.
 */
public final class DescriptorMonitor implements AutoCloseable {
  private static final String STATE = "state";
  private static final Map<String, ?> CAPABILITIES =
      Map.of("capabilities", List.of(capability("x-ignore-shared"), capability("events")));

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
    try (var monitor = open(path, timeout)) {
      monitor.socket.send(command("add-fd", Map.of()), file);
      return monitor.answer().path("fdset-id").asLong();
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.VM_FAILED, "cannot hand a file to QEMU at " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Has a QEMU whose guest is stopped write its devices' state to {@code file}; it is written when
   * this returns.
   *
   * @throws CaissonException VM_FAILED if it does not
   */
  public static void saveState(Path path, Descriptor file, Duration timeout) {
    migrate(path, "migrate", file, timeout);
  }

  /**
   * Has a QEMU that waits for it take its devices' state from {@code file}; it has it when this
   * returns.
   *
   * @throws CaissonException VM_FAILED if it does not take it
   */
  public static void restoreState(Path path, Descriptor file, Duration timeout) {
    migrate(path, "migrate-incoming", file, timeout);
  }

  /** Memory that is a file's is no part of the state (QEMU, qapi/migration.json). */
  private static void migrate(Path path, String command, Descriptor file, Duration timeout) {
    try (var monitor = open(path, timeout)) {
      monitor.socket.send(command("migrate-set-capabilities", CAPABILITIES));
      monitor.answer();
      monitor.socket.send(command("getfd", Map.of("fdname", STATE)), file);
      monitor.answer();
      monitor.socket.send(command(command, Map.of("uri", "fd:" + STATE)));
      monitor.awaitMigration();
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.VM_FAILED,
          "QEMU at " + path + " does not do " + command + ": " + e.getMessage(),
          e);
    }
  }

  private static DescriptorMonitor open(Path path, Duration timeout) throws IOException {
    var monitor = new DescriptorMonitor(DescriptorSocket.connect(path, timeout));
    try {
      monitor.answers.next(); // the greeting
      monitor.socket.send(command("qmp_capabilities", Map.of()));
      monitor.answer();
      return monitor;
    } catch (IOException e) {
      monitor.close();
      throw e;
    }
  }

  private static Map<String, ?> capability(String name) {
    return Map.of("capability", name, "state", true);
  }

  private static byte[] command(String name, Map<String, ?> arguments) throws IOException {
    return JsonLines.line(Map.of("execute", name, "arguments", arguments));
  }

  /** What QEMU returned; events are of no interest here. */
  private JsonNode answer() throws IOException {
    var message = next();
    while (!message.has("return")) {
      message = next();
    }
    return message.path("return");
  }

  /** Until the event of its end, which can come before the answer to the command. */
  private void awaitMigration() throws IOException {
    while (true) {
      var message = next();
      if (message.path("event").asText().equals("MIGRATION")) {
        var status = message.at("/data/status").asText();
        if (status.equals("completed")) {
          return;
        }
        if (status.equals("failed")) {
          throw new IOException("it failed");
        }
      }
    }
  }

  private JsonNode next() throws IOException {
    var message = answers.next();
    if (message.has("error")) {
      throw new IOException("it was refused: " + message.at("/error/desc").asText());
    }
    return message;
  }

  @Override
  public void close() {
    socket.close();
  }
}
