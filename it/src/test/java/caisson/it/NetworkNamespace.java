package caisson.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network with nothing but a loopback interface, which stands for the host's. It is there until
 * it is closed, whoever is in it.
 */
final class NetworkNamespace implements AutoCloseable {
  /** Lives until its standard input ends, with this process at the latest. */
  private static final String HOLDER = "ip link set lo up && echo ready && read wait";

  private final Process holder;

  private NetworkNamespace(Process holder) {
    this.holder = holder;
  }

  static NetworkNamespace create() {
    var holder = Command.of("unshare", "-n", "sh", "-c", HOLDER).start();
    try {
      if (holder.getInputStream().read() < 0) {
        throw new AssertionError(
            "no network namespace: " + new String(holder.getErrorStream().readAllBytes(), UTF_8));
      }
      return new NetworkNamespace(holder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that is in it. */
  long pid() {
    return holder.pid();
  }

  /** A program that runs in it. */
  Command command(String... words) {
    var all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(holder.pid()), "-n"));
    all.addAll(List.of(words));
    return new Command(List.copyOf(all), Map.of(), "");
  }

  @Override
  public void close() {
    holder.destroy();
    try {
      holder.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
