package caisson.api.docker.containers;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.api.docker.ApiServer;
import caisson.api.docker.FakeContainers;
import caisson.engine.DefaultNetwork;
import caisson.engine.NetworkEndpoint;
import caisson.network.HostAddress;
import caisson.network.Ipv4;
import caisson.network.Ipv6;
import caisson.network.Port;
import caisson.network.PublishedPort;
import caisson.network.Subnet;
import caisson.network.Subnet6;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published ports and networks, as clients ask for them and are shown them. */
final class PortEndpointsTest {
  private final ApiServer server = new ApiServer();
  private final FakeContainers containers = server.engine.containers;

  @BeforeEach
  void start() {
    server.images.add("bb:latest");
    var subnet = Subnet.parse("172.30.0.0/16");
    server.engine.network =
        new DefaultNetwork(
            Optional.of(
                new DefaultNetwork.Bridge(
                    "caisson0", subnet, Optional.of(Subnet6.parse("fd00::/64")))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String create(String hostConfig) {
    var body =
        "{\"Image\":\"bb\",\"ExposedPorts\":{\"53/udp\":{}},\"HostConfig\":" + hostConfig + "}";
    return server.request("POST", "/containers/create?name=c1", body.replace('\'', '"'));
  }

  @Test
  void portsAreAskedForInDockersForm() {
    assertThat(
            create(
                "{'PortBindings':{'80/tcp':[{'HostIp':'127.0.0.1','HostPort':'8080'},{}]},"
                    + "'PublishAllPorts':true}"))
        .startsWith("HTTP/1.1 201 ");
    assertThat(containers.only().request().sandbox().ports())
        .extracting(port -> port.port() + " " + port.address().isPresent() + " " + port.hostPorts())
        .containsExactly("80/tcp true 8080", "80/tcp false 0", "53/udp false 0");
  }

  @Test
  void aContainerWithoutANetworkPublishesNothing() {
    create("{'NetworkMode':'none','PortBindings':{'80/tcp':[{'HostPort':'8080'}]}}");
    assertThat(containers.only().request().sandbox().ports()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"PortBindings\":{\"80/sctp\":[{}]}} | sctp",
        "{\"PortBindings\":{\"x\":[{}]}} | invalid containerPort: x",
        "{\"PortBindings\":{\"80\":[{\"HostPort\":\"9-8\"}]}} | invalid port",
        "{\"PortBindings\":{\"80\":[{\"HostIp\":\"localhost\"}]}} | invalid IP address",
        "{\"PortBindings\":{\"80\":[{\"HostIp\":\"fe80::g\"}]}} | invalid IP address",
        "{\"NetworkMode\":\"host\"} | never shares the host's network"
      })
  void whatCannotBeIsRefused(String hostConfig, String words) {
    assertThat(create(hostConfig)).doesNotStartWith("HTTP/1.1 2").contains(words);
    assertThat(containers.list()).isEmpty();
  }

  @Test
  void aRunningContainersPortsAndAddressAreShown() {
    create("{}");
    var any = HostAddress.parse("0.0.0.0");
    containers.endpoint =
        new NetworkEndpoint(
            Optional.of(Ipv4.parse("172.30.0.2")),
            Optional.of(Ipv6.parse("fd00::ac1e:2")),
            List.of(new PublishedPort(Port.parse("80"), any, 8080)));
    assertThat(server.get("/containers/json?all=1")).contains("\"Ports\":[]");
    server.post("/containers/c1/start");
    assertThat(server.get("/containers/json"))
        .contains(
            "{\"IP\":\"0.0.0.0\",\"PrivatePort\":80,\"PublicPort\":8080,\"Type\":\"tcp\"}",
            "{\"PrivatePort\":53,\"Type\":\"udp\"}");
    assertThat(server.get("/containers/c1/json"))
        .contains(
            "\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"}]",
            "\"53/udp\":null",
            "\"IPAddress\":\"172.30.0.2\",\"IPPrefixLen\":16,\"Gateway\":\"172.30.0.1\"",
            "\"GlobalIPv6Address\":\"fd00::ac1e:2\",\"GlobalIPv6PrefixLen\":64,\"IPv6Gateway\":\"fd00::1\"",
            "\"MacAddress\":\"02:42:ac:1e:00:02\"");
    assertThat(server.get("/networks/bridge"))
        .contains(
            "\"EnableIPv6\":true",
            "\"Subnet\":\"172.30.0.0/16\"",
            "\"Subnet\":\"fd00::/64\",\"Gateway\":\"fd00::1\"",
            "\"IPv4Address\":\"172.30.0.2/16\"",
            "\"IPv6Address\":\"fd00::ac1e:2/64\"");
  }

  @Test
  void thereAreTwoNetworksAndNoOthers() {
    assertThat(server.get("/networks")).contains("\"Name\":\"bridge\"", "\"Name\":\"none\"");
    assertThat(server.get("/networks/mine")).startsWith("HTTP/1.1 404 ");
    assertThat(server.request("POST", "/networks/create", "{\"Name\":\"mine\"}"))
        .doesNotStartWith("HTTP/1.1 2")
        .contains("not supported");
    assertThat(server.request("DELETE", "/networks/bridge", "")).startsWith("HTTP/1.1 403 ");
    assertThat(server.post("/networks/prune")).contains("\"NetworksDeleted\":[]");
  }
}
