package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ports of containers that are reached by the host's, on the bridge and without one. */
final class PublishedPortsTest {
  /** How root's containers are connected. */
  enum Kind {
    BRIDGE,
    USER;

    /** What {@code port} shows of a port of all addresses. */
    String published(String port, int host) {
      var ipv4 = port + " -> 0.0.0.0:" + host;
      return this == BRIDGE ? ipv4 + "\n" + port + " -> [::]:" + host : ipv4;
    }
  }

  /**
   * An address of the host that is not the loopback's: to that slirp4netns answers no packets when
   * guests may not reach it.
   */
  private static final String CARD = "10.9.0.1";

  private static final Map<Kind, Services> ALL = new EnumMap<>(Kind.class);

  @BeforeAll
  static void start() {
    ALL.put(Kind.BRIDGE, new Services(Daemon.startConfigured("pool = 0")));
    ALL.put(Kind.USER, new Services(Daemon.startConfigured("pool = 0", "network = user")));
    ALL.values().forEach(services -> TestImage.load(services.daemon().cli()));
  }

  @AfterAll
  static void close() {
    ALL.values().forEach(services -> services.daemon().close());
  }

  private static Services of(Kind kind) {
    return Objects.requireNonNull(ALL.get(kind));
  }

  private static Cli cli(Kind kind) {
    return of(kind).daemon().cli();
  }

  private static String ports(Services services, String id) {
    return services.daemon().cli().out("port", id);
  }

  @ParameterizedTest
  @EnumSource
  void aWebServerAnswersAtTheHostsPort(Kind kind) throws Exception {
    var services = of(kind);
    var id = services.web(80, "-p", "8080:80");
    assertThat(services.await("127.0.0.1:8080")).isEqualTo(Services.page(id));
    assertThat(ports(services, id)).isEqualTo(kind.published("80/tcp", 8080));
    var cli = services.daemon().cli();
    assertThat(cli.out("port", id, "80")).startsWith("0.0.0.0:8080");
    assertThat(cli.out("ps", "--format", "{{.Ports}}")).startsWith("0.0.0.0:8080->80/tcp");
    services.remove(id);
    assertThat(services.get("127.0.0.1:8080").err()).contains("onnect");
  }

  @ParameterizedTest
  @EnumSource
  void packetsAreAnswered(Kind kind) {
    var services = of(kind);
    services.daemon().inNetwork("ip", "addr", "add", CARD + "/32", "dev", "lo").run().ok();
    var id = services.echo(53, "-p", CARD + ":5353:53/udp");
    assertThat(services.ask(CARD, 5353).ok().out()).isEqualTo("echo hello");
    assertThat(ports(services, id)).isEqualTo("53/udp -> " + CARD + ":5353");
    assertThat(services.ask("127.0.0.1", 5353).code()).isNotZero();
    services.remove(id);
  }

  @ParameterizedTest
  @EnumSource
  void rangesAndExposedPortsGetPortsOfTheHost(Kind kind) throws Exception {
    var services = of(kind);
    var id = services.web(81, "-p", "8100-8101:80-81", "-P", "--expose", "82");
    assertThat(services.await("127.0.0.1:8101")).isEqualTo(Services.page(id));
    assertThat(ports(services, id))
        .startsWith(
            kind.published("80/tcp", 8100)
                + "\n"
                + kind.published("81/tcp", 8101)
                + "\n82/tcp -> ");
    var random = cli(kind).out("port", id, "82").lines().toList();
    assertThat(random).allMatch(it -> it.matches(".*:[1-9][0-9]+"));
    assertThat(random.stream().map(it -> it.substring(it.lastIndexOf(':'))).distinct()).hasSize(1);
    services.remove(id);
  }

  @ParameterizedTest
  @EnumSource
  void aPortHasOneContainer(Kind kind) {
    var services = of(kind);
    var cli = services.daemon().cli();
    var id = services.web(80, "-p", "8080:80");
    var refused = cli.run("run", "--rm", "-p", "8080:80", TestImage.NAME, "true");
    assertThat(refused.code()).isEqualTo(125);
    assertThat(refused.err())
        .matches("(?s).*Bind for (0.0.0.0|\\[::\\]):8080 failed: port is already allocated.*");
    services.remove(id);
    for (var wrong : List.of("80:90:100:110", "0:http", "70000:80", "[::1]:80:80", "80/sctp")) {
      var said = cli.run("run", "--rm", "-p", wrong, TestImage.NAME, "true");
      assertThat(said.code()).as(wrong).isEqualTo(125);
      assertThat(said.err()).as(wrong).isNotEmpty();
    }
    assertThat(cli.out("ps", "-aq")).isEmpty();
    assertThat(cli.out("system", "leaks")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPortOutlivesTheDaemon(Kind kind) throws Exception {
    var services = of(kind);
    var daemon = services.daemon();
    var id = services.web(80, "-p", "8080:80");
    services.await("127.0.0.1:8080");
    daemon.kill();
    assertThat(services.get("127.0.0.1:8080").ok().out()).isEqualTo(Services.page(id));
    daemon.startAgain();
    assertThat(ports(services, id)).isEqualTo(kind.published("80/tcp", 8080));
    assertThat(services.get("127.0.0.1:8080").ok().out()).isEqualTo(Services.page(id));
    services.remove(id);
    assertThat(services.get("127.0.0.1:8080").code()).isNotZero();
  }

  @Test
  void aPortOfAnIpv6AddressLeadsToTheContainer() throws Exception {
    var services = of(Kind.BRIDGE);
    var daemon = services.daemon();
    daemon.inNetwork("ip", "addr", "add", "2001:db8::1/128", "dev", "lo").run().ok();
    var id = services.web(80, "-p", "8080:80", "-p", "[2001:db8::1]:8081:80", "-p", "[::]:8082:80");
    assertThat(services.await("[2001:db8::1]:8080")).isEqualTo(Services.page(id));
    assertThat(services.get("[2001:db8::1]:8081").ok().out()).isEqualTo(Services.page(id));
    assertThat(services.get("[2001:db8::1]:8082").ok().out()).isEqualTo(Services.page(id));
    assertThat(services.get("127.0.0.1:8082").err()).contains("onnect");
    assertThat(services.get("localhost:8080").ok().out()).isEqualTo(Services.page(id));
    daemon.kill();
    assertThat(services.get("[2001:db8::1]:8080").ok().out()).isEqualTo(Services.page(id));
    daemon.startAgain();
    assertThat(services.get("[2001:db8::1]:8081").ok().out()).isEqualTo(Services.page(id));
    var taken = daemon.cli().run("run", "--rm", "-p", "[::]:8080:80", TestImage.NAME, "true");
    assertThat(taken.err()).contains("Bind for [::]:8080 failed");
    services.remove(id);
    assertThat(services.get("[2001:db8::1]:8080").err()).contains("onnect");
    for (var kind : Kind.values()) {
      var refused = cli(kind).run("run", "--rm", "-p", "[::1]:80:80", TestImage.NAME, "true");
      assertThat(refused.code()).isEqualTo(125);
      assertThat(refused.err()).contains("cannot publish port 80/tcp on ::1: ");
    }
  }

  /** A daemon that ends meanwhile leaves nothing behind that the next one does not clear away. */
  @ParameterizedTest
  @EnumSource
  void aPortOfAContainerThatEndedWithoutADaemonIsFree(Kind kind) {
    var services = of(kind);
    var daemon = services.daemon();
    var id = services.run(new String[] {"-p", "8080:80"}, "sh", "-c", "sleep 2");
    daemon.kill();
    daemon.startAgain();
    assertThat(daemon.cli().out("wait", id)).isEqualTo("0");
    var second = services.web(80, "-p", "8080:80");
    services.remove(id, second);
  }
}
