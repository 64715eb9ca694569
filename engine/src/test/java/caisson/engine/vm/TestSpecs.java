package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.base.ContainerId;
import caisson.base.Digest;
import caisson.engine.ContainerRequest;
import caisson.engine.LogLimits;
import caisson.engine.NetworkMode;
import caisson.engine.RestartPolicy;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.engine.sandbox.SandboxRequest;
import caisson.engine.sandbox.VolumePlace;
import caisson.oci.Json;
import caisson.oci.runtime.Spec;
import caisson.vmm.GuestAddress;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Requests with the spec that {@code runc spec} writes, changed as a test likes. */
final class TestSpecs {
  static final GuestAddress ADDRESS =
      new GuestAddress(
          "eth0",
          "52:54:00:00:00:01",
          "10.0.2.100/24",
          1500,
          "10.0.2.2",
          List.of("10.0.2.3"),
          Optional.of(new GuestAddress.Ipv6("fd00::2/64", "fd00::1")));

  private static final Path NOWHERE = Path.of("/nowhere");

  private TestSpecs() {}

  static Spec spec(Consumer<ObjectNode> change) {
    try (var in = Spec.class.getResourceAsStream("runc-spec.json")) {
      var json = (ObjectNode) Json.MAPPER.readTree(Objects.requireNonNull(in));
      change.accept(json);
      return Json.read(Json.MAPPER.writeValueAsBytes(json), Spec.class, "a spec");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One with another command and no terminal. */
  static Spec command(String... command) {
    return spec(json -> {
      var process = json.withObject("/process");
      process.put("terminal", false).putArray("args");
      for (var argument : command) {
        process.withArray("/args").add(argument);
      }
    });
  }

  static SandboxRequest request(Spec spec) {
    return request(spec, NOWHERE, NetworkMode.NONE, 0);
  }

  static SandboxRequest request(Spec spec, Map<String, VolumePlace> volumes) {
    var plain = request(spec);
    return new SandboxRequest(
        plain.id(),
        spec,
        plain.root(),
        plain.uplink(),
        plain.ports(),
        plain.groups(),
        plain.init(),
        plain.openStdin(),
        plain.names(),
        NOWHERE,
        volumes,
        SandboxRequest.Kept.NOTHING);
  }

  /**
   * A container's request.
   *
   * @param written how much of its standard output the log holds, of this run
   */
  static SandboxRequest request(Spec spec, Path directory, NetworkMode network, long written) {
    var sandbox =
        new SandboxOptions(Digest.of(new byte[0]), "image", ByteSize.ofMib(64), network, false);
    var container =
        new ContainerRequest(
            Optional.of("web"),
            spec,
            sandbox,
            true,
            true,
            Signal.TERM,
            Duration.ofSeconds(1),
            false,
            RestartPolicy.NEVER,
            Optional.empty(),
            LogLimits.DEFAULT,
            Map.of(),
            "{}");
    var id = new ContainerId("0123456789abcdef".repeat(4));
    var kept = new SandboxRequest.Kept(100, 0, 100 + written, 0);
    return SandboxRequest.of(id, container, directory, Map.of(), kept);
  }
}
