package caisson.api.docker.system;

import caisson.api.docker.Host;
import caisson.api.docker.JsonAnswer;
import caisson.api.http.Exchange;
import caisson.api.wire.SystemInfo;
import caisson.engine.Container;
import caisson.engine.ContainerState;
import caisson.engine.Engine;
import caisson.engine.EngineStatus;
import caisson.images.Images;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code GET /info}. */
final class InfoAnswer {
  private static final String HUB = "https://index.docker.io/v1/";

  private final Engine engine;
  private final Images images;
  private final Host host;

  InfoAnswer(Engine engine, Images images, Host host) {
    this.engine = engine;
    this.images = images;
    this.host = host;
  }

  void handle(Exchange exchange) throws IOException {
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_OK, info());
  }

  private SystemInfo info() {
    var status = engine.status();
    return new SystemInfo(
        host.id(),
        host.name(),
        host.version(),
        Instant.now(),
        counts(),
        new SystemInfo.Host(
            host.kernel(),
            host.operatingSystem(),
            "linux",
            host.architecture(),
            host.cpus(),
            host.memory().bytes()),
        storage(status),
        abilities(),
        new SystemInfo.Registry(HUB),
        new SystemInfo.Machines(
            status.accelerator(),
            status.acceleratorReason(),
            status.guestKernel(),
            status.qemuVersion()),
        new SystemInfo.Swarm("inactive"),
        List.of(),
        warnings(status));
  }

  private SystemInfo.Counts counts() {
    var states = engine.containers().list().stream().map(Container::state).toList();
    int running = count(states, ContainerState.Running.class);
    int paused = count(states, ContainerState.Paused.class);
    return new SystemInfo.Counts(
        states.size(), running, paused, states.size() - running - paused, images.list().size());
  }

  private static int count(List<ContainerState> states, Class<?> kind) {
    return (int) states.stream().filter(kind::isInstance).count();
  }

  private SystemInfo.Storage storage(EngineStatus status) {
    return new SystemInfo.Storage(
        "erofs",
        List.of(
            List.of("Virtual Machines", "qemu " + status.qemuVersion()),
            List.of("Accelerator", status.accelerator()),
            List.of("Guest Kernel", status.guestKernel())),
        host.root().toString(),
        "json-file",
        "guest",
        "2");
  }

  /** Every limit is kept by the guest's kernel, so that none depends on the host's. */
  private static SystemInfo.Abilities abilities() {
    return new SystemInfo.Abilities(
        true,
        true,
        true,
        true,
        true,
        true,
        true,
        true,
        true,
        true,
        false,
        List.of("name=seccomp,profile=builtin", "name=cgroupns"),
        Map.of(
            "Volume", List.of(), "Network", List.of("bridge", "none"), "Log", List.of("json-file")),
        Map.of("caisson", Map.of("path", "caisson-launch")),
        "caisson",
        "caisson-agent",
        true,
        false);
  }

  /** QEMU does not count its software emulation as a security boundary. */
  private static List<String> warnings(EngineStatus status) {
    return status.accelerator().equals("kvm")
        ? List.of()
        : List.of(
            "WARNING: without hardware virtualization, isolation rests on the guest's kernel and on"
                + " the confinement of QEMU");
  }
}
