package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine in the place of an interface that an engine has made. */
@Timeout(120)
final class RuntimeNetworkTest {
  @TempDir Path directory;

  private static void make(Daemon daemon, NetworkNamespace given, String script) {
    var all = script.replace("GIVEN", Long.toString(given.pid()));
    daemon.inNetwork("sh", "-ec", all).run().ok();
  }

  @Test
  void theGuestHasTheInterfacesAddressesRoutesAndHardwareAddress() throws IOException {
    try (var daemon = Daemon.start();
        var given = NetworkNamespace.create()) {
      make(
          daemon,
          given,
          """
          ip link add outer type veth peer name inner
          ip link set inner netns GIVEN
          ip address add 10.66.0.1/24 dev outer
          ip address add fd66::1/64 dev outer nodad
          ip link set outer up
          """);
      given
          .command(
              "sh",
              "-ec",
              """
              ip link set inner name eth0 address 02:66:00:00:00:02 mtu 1400
              ip address add 10.66.0.2/24 dev eth0
              ip address add fd66::2/64 dev eth0 nodad
              ip link set eth0 up
              ip route add default via 10.66.0.1
              ip -6 route add default via fd66::1
              """)
          .run()
          .ok();
      var bundle =
          Bundle.make(
              daemon,
              directory,
              "sh",
              "-c",
              "ip -o address show dev eth0; ip link show eth0; ip route; ip -6 route;"
                  + " ping -c 1 -w 10 10.66.0.1 && ping -c 1 -w 10 fd66::1");
      bundle.change(spec -> {
        for (var set : spec.withObject("/process/capabilities")) {
          ((ArrayNode) set).add("CAP_NET_RAW");
        }
      });
      bundle.network("/proc/" + given.pid() + "/ns/net");
      var result = bundle.of("run", "one").run();
      assertThat(result.out())
          .as(result.toString())
          .contains("inet 10.66.0.2/24", "inet6 fd66::2/64", "02:66:00:00:00:02", "mtu 1400")
          .contains("default via 10.66.0.1", "default via fd66::1")
          .contains("1 packets received");
      assertThat(result.code()).as(result.toString()).isZero();
    }
  }
}
