package caisson.vmm.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.vmm.VmNetwork;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What a guest reaches, with the machine's slirp4netns in a network namespace of the test's own, in
 * which services listen on the loopback's addresses and on another.
 */
final class NetworkTest {
  private static final String CONNECT =
      """
      ip link set lo up
      ip link set eth0 up mtu 1500
      ip addr add 10.0.2.100/24 dev eth0
      ip route add default via 10.0.2.2
      sent() { cat /sys/class/net/eth0/statistics/tx_packets; }
      try() {
        before=$(sent)
        answer=$(printf 'GET / HTTP/1.0\\n\\n' | nc -w $2 $3 $4 2>&1 | tail -n 1)
        [ $(sent) -gt $before ] && way=sent || way=unsent
        echo "$1: $way: $answer"
      }
      """;

  /** Sends what is for 127.0.0.1 and ::1 out of the card, past the guest's own loopback. */
  private static final String LOOPBACK_OUTSIDE =
      """
      echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet
      ip link set lo down
      ip route add 127.0.0.1 via 10.0.2.2
      ip -6 addr add fd00::100/64 dev eth0
      ip -6 route add ::1 via fd00::2 dev eth0
      """;

  @Test
  void reachesTheWorldAndNoLoopback() throws Exception {
    var script =
        CONNECT
            + "try world 20 10.77.0.9 8080\n"
            + "try gateway 3 10.0.2.2 8080\n"
            + LOOPBACK_OUTSIDE
            + "try loopback 3 127.0.0.1 8080\n"
            + "try loopback6 3 ::1 8080\n"
            + "try mapped 3 fd00::2 8080\n"
            + "try refused 20 10.77.0.9 9\n"
            + "echo done\n";
    try (var host = HostNamespace.create();
        var machines = Machines.ofScript(script, host)) {
      var vm = machines.start(VmNetwork.USER);
      Machines.awaitConsole(vm, "done");
      var console = vm.consoleTail();
      assertThat(console).contains("world: sent: " + HostNamespace.PAGE);
      assertThat(console).containsOnlyOnce(HostNamespace.PAGE);
      assertThat(console).contains("gateway: sent", "loopback: sent", "loopback6: sent");
      assertThat(console).containsPattern("refused: sent: nc: .*Connection refused");
      assertThat(host.visited()).containsOnly("10.77.0.9");
      vm.destroy();
      assertThat(vm.awaitExit(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void leadsNowhereUnlessAskedFor() throws Exception {
    var script = CONNECT + "try world 20 10.77.0.9 8080\necho done\n";
    try (var host = HostNamespace.create();
        var machines = Machines.ofScript(script, host)) {
      var vm = machines.start(VmNetwork.NONE);
      Machines.awaitConsole(vm, "done");
      assertThat(vm.consoleTail()).contains("world: sent: ").doesNotContain(HostNamespace.PAGE);
      assertThat(host.visited()).isEmpty();
      vm.destroy();
    }
  }
}
