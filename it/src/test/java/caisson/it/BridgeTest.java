package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Root's containers on their bridge. */
final class BridgeTest {
  private static final String GATEWAY = "172.30.0.1";

  private static Daemon daemon;
  private static Cli caisson;
  private static Services services;

  @BeforeAll
  static void start() {
    daemon = Daemon.start();
    caisson = daemon.cli();
    services = new Services(daemon);
    TestImage.load(caisson);
  }

  @AfterAll
  static void close() {
    daemon.close();
  }

  private static String host(String... words) {
    return daemon.inNetwork(words).run().ok().out();
  }

  /** Runs a shell's commands in a new container that may set up its network. */
  private static Result shell(String script) {
    return caisson.run("run", "--rm", "--cap-add=NET_ADMIN", TestImage.NAME, "sh", "-c", script);
  }

  @Test
  void containersReachEachOtherByAddress() throws Exception {
    var web = services.web(80);
    var echo = services.echo(53);
    var address = services.address(web);
    assertThat(services.await(address)).isEqualTo(Services.page(web));
    var seen =
        shell(
            "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc %s 80; datagrams ask %s 53"
                .formatted(address, services.address(echo)));
    assertThat(seen.ok().out()).contains(Services.page(web)).endsWith("echo hello");
    services.remove(web, echo);
  }

  @Test
  void containersReachEachOtherByIpv6() throws Exception {
    var web = services.web(80);
    var address = services.address6(web);
    assertThat(services.await("[" + address + "]")).isEqualTo(Services.page(web));
    var seen =
        shell("printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc %s 80; cat /etc/hosts".formatted(address));
    assertThat(seen.ok().out()).contains(Services.page(web)).containsPattern("fd[0-9a-f:]+\t");
    assertThat(host("ip", "-6", "addr", "show", "dev", "caisson0")).contains("::1/64 scope global");
    services.remove(web);
  }

  /** Who has an address beside its owner answers for it, and is not heard. */
  @Test
  void nobodyTakesAnotherIpv6Address() throws Exception {
    var web = services.web(80);
    var theirs = services.address6(web);
    services.await("[" + theirs + "]");
    var taking =
        """
        echo %1$s
        ping6 -c 1 -W 2 %3$s >/dev/null && echo itself
        ip -6 addr add %1$s/64 dev eth0
        ip -6 addr add %2$s/64 dev eth0
        ping6 -c 1 -W 2 -I %2$s %3$s >/dev/null && echo free address
        ping6 -c 1 -W 2 -I %1$s %3$s >/dev/null && echo their address
        mkdir /w; echo thief > /w/index.html; echo ready; exec httpd -f -p 80 -h /w
        """
            .formatted(theirs, theirs.replaceFirst("[0-9a-f]+$", "dead"), gateway6(web));
    var thief = services.run(new String[] {"--cap-add=NET_ADMIN"}, "sh", "-c", taking);
    while (!caisson.out("logs", thief).endsWith("ready")) {
      Thread.sleep(200);
    }
    assertThat(caisson.out("logs", thief)).isEqualTo(theirs + "\nitself\nready");
    for (int i = 0; i < 5; i++) {
      host("ip", "-6", "neigh", "flush", "dev", "caisson0");
      assertThat(services.get("[" + theirs + "]").ok().out()).isEqualTo(Services.page(web));
    }
    services.remove(web, thief);
  }

  private static String gateway6(String id) {
    return caisson.out("inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPv6Gateway}}", id);
  }

  /** Another host knows no way to the containers' addresses, and answers the first's. */
  @Test
  void whatContainersSendLeavesWithTheHostsAddress() {
    try (var other = NetworkNamespace.create()) {
      host("ip", "link", "add", "out0", "type", "veth", "peer", "name", "in0");
      host("ip", "link", "set", "in0", "netns", Long.toString(other.pid()));
      host("ip", "addr", "add", "10.9.0.1/24", "dev", "out0");
      host("ip", "link", "set", "out0", "up");
      other.command("ip", "addr", "add", "10.9.0.2/24", "dev", "in0").run().ok();
      other.command("ip", "link", "set", "in0", "up").run().ok();
      assertThat(shell("ping -c 1 -W 5 10.9.0.2").ok().out()).contains("1 packets received");
    }
  }

  private static String ping(String options, String name) {
    return "ping -c 1 -W 2 %s %s >/dev/null && echo %s; ".formatted(options, GATEWAY, name);
  }

  @Test
  void nobodyTakesAnotherAddressOrCard() {
    var other = services.echo(53);
    var theirs = services.address(other);
    var script =
        ping("", "itself")
            + "ip addr add 172.30.99.99/16 dev eth0; "
            + ping("-I 172.30.99.99", "free address")
            + "ip addr add %s/16 dev eth0; ".formatted(theirs)
            + ping("-I " + theirs, "their address")
            + "ip addr del %s/16 dev eth0; ip addr del 172.30.99.99/16 dev eth0; ".formatted(theirs)
            + "ip link set eth0 down; ip link set eth0 address 02:42:ac:1e:63:63; "
            + "ip link set eth0 up; "
            + ping("", "another card")
            + "true";
    assertThat(shell(script).ok().out()).isEqualTo("itself");
    assertThat(services.ask(theirs, 53).ok().out()).isEqualTo("echo hello");
    services.remove(other);
  }

  /** What listens on all of the host's addresses is reached by the gateway's, as with Docker. */
  @Test
  void nobodyReachesTheHostsLoopback() throws Exception {
    var everywhere = listen("0.0.0.0", 7777);
    var loopback = listen("127.0.0.1", 7778);
    try {
      var script =
          """
          nc -w 3 %1$s 7777 </dev/null
          nc -w 3 %1$s 7778 </dev/null
          ip addr flush dev lo
          ip route add 127.0.0.1 via %1$s
          nc -w 3 127.0.0.1 7778 </dev/null
          echo end
          """
              .formatted(GATEWAY);
      assertThat(shell(script).out()).isEqualTo("reached 7777\nend");
    } finally {
      everywhere.destroy();
      loopback.destroy();
      everywhere.waitFor();
      loopback.waitFor();
    }
  }

  private static Process listen(String address, int port) throws Exception {
    var program = CProgram.built("greeter").toAbsolutePath().toString();
    var server = daemon.inNetwork(program, address, Integer.toString(port)).start();
    assertThat(server.getInputStream().read()).as("it listens").isNotNegative();
    return server;
  }

  @Test
  void nothingIsLeftOnTheHostOfARemovedContainer() {
    var id = services.web(80, "-p", "8090:80");
    assertThat(host("ip", "-o", "link")).contains("caisson0", "cs");
    assertThat(host("nft", "list", "ruleset")).contains("dport 8090");
    services.remove(id);
    assertThat(host("nft", "list", "ruleset")).doesNotContain("dport");
    assertThat(host("ip", "-o", "link", "show", "master", "caisson0")).isEmpty();
  }

  @Test
  void aContainerWithoutANetworkReachesNobody() {
    var id = caisson.out("run", "-d", "--network", "none", TestImage.NAME, "sleep", "100");
    assertThat(caisson.out("exec", id, "ip", "-4", "-o", "addr").lines())
        .singleElement()
        .asString()
        .contains("127.0.0.1/8");
    var unknown = caisson.run("run", "--rm", "--network", "mine", TestImage.NAME, "true");
    assertThat(unknown.code()).isEqualTo(125);
    assertThat(unknown.err()).contains("network mine not found");
    services.remove(id);
  }

  @Test
  void theBridgeOfAnotherDaemonIsNotTaken() {
    var id = services.web(80);
    var second = Daemon.startBeside(daemon, "bridge = caisson0");
    try (second) {
      TestImage.load(second.cli());
      var refused = second.cli().run("run", "--rm", TestImage.NAME, "true");
      assertThat(refused.code()).isEqualTo(125);
      assertThat(refused.err()).contains("caisson0 is not this daemon's", daemon.root().toString());
    }
    try (var third = Daemon.startBeside(daemon, "bridge = other0")) {
      TestImage.load(third.cli());
      assertThat(third.cli().out("run", "--rm", TestImage.NAME, "ip", "addr"))
          .contains("172.29.0.2");
    }
    assertThat(host("ip", "-o", "link")).contains("caisson0").doesNotContain("other0");
    services.remove(id);
  }

  @Test
  void networksAreListedAndShown() {
    var id = services.web(80, "--name", "shown");
    assertThat(caisson.out("network", "ls", "--format", "{{.Name}} {{.Driver}}"))
        .isEqualTo("bridge bridge\nnone null");
    assertThat(caisson.out("network", "inspect", "bridge"))
        .contains("\"Subnet\": \"172.30.0.0/16\"", id, services.address(id) + "/16");
    assertThat(caisson.run("network", "inspect", "nosuch").err()).contains("nosuch");
    services.remove(id);
  }
}
