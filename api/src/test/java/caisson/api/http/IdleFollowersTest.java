package caisson.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand clients that follow something silent. Both ends are in this process, so where the
 * limit on descriptors is lower, there are as many clients as it allows.
 */
@Timeout(60)
final class IdleFollowersTest {
  private static final int WANTED = 10_000;
  private static final int DESCRIPTORS_FOR_OTHER_THINGS = 400;

  private final CountDownLatch news = new CountDownLatch(1);
  private final Phaser handlers = new Phaser(1);

  @Test
  void servesThousandsOfIdleFollowersAndOneThatIsNot() throws InterruptedException {
    int count = Math.min(WANTED, freeDescriptors() / 2);
    System.out.println("idle followers: " + count + " of " + WANTED + " wanted");
    var clients = new ArrayList<RawClient>();
    try (var server =
        new TestServer(
            new Router()
                .on("GET", "/follow", this::follow)
                .on("GET", "/_ping", it -> it.answer(200, "text/plain", "OK".getBytes(UTF_8))))) {
      for (int i = 0; i < count; i++) {
        var client = server.connect();
        clients.add(client);
        client.send("GET /follow HTTP/1.1\n\n");
        client.readHead();
      }
      try (var other = server.connect()) {
        other.send("GET /_ping HTTP/1.1\n\n");
        assertThat(other.readUntil("OK")).endsWith("OK");
      }
      var leaving = clients.subList(count / 2, count);
      leaving.forEach(RawClient::close);
      news.countDown();
      for (var client : clients.subList(0, count / 2)) {
        assertThat(client.readUntil("0\n\n")).isEqualTo("4\nnews\n0\n\n");
        client.close();
      }
      handlers.arriveAndAwaitAdvance();
    }
  }

  private void follow(Exchange exchange) throws IOException, InterruptedException {
    handlers.register();
    try (var out = exchange.stream("text/plain");
        var _ = exchange.watchHangup()) {
      news.await();
      out.write("news".getBytes(UTF_8));
    } finally {
      handlers.arriveAndDeregister();
    }
  }

  private static int freeDescriptors() {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    return (int) Math.max(0, free - DESCRIPTORS_FOR_OTHER_THINGS);
  }
}
