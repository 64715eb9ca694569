package caisson.engine.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import caisson.base.ByteSize;
import caisson.base.Digest;
import caisson.engine.ContainerRequest;
import caisson.engine.LogLimits;
import caisson.engine.NetworkMode;
import caisson.engine.RestartPolicy;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.oci.Json;
import caisson.oci.runtime.Spec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What containers of tests are to be. */
final class ContainerRequests {
  private ContainerRequests() {}

  /** A container that mounts volumes. */
  static ContainerRequest mounting(boolean autoRemove, String... volumes) {
    var mounts =
        Stream.of(volumes)
            .map(source ->
                "{\"destination\":\"/v\",\"type\":\"volume\",\"source\":\"" + source + "\"}")
            .collect(Collectors.joining(","));
    var json = "{\"ociVersion\":\"1.0.2\",\"mounts\":[" + mounts + "]}";
    var spec = Json.read(json.getBytes(UTF_8), Spec.class, "spec");
    var sandbox =
        new SandboxOptions(
            Digest.of(new byte[0]), "image", ByteSize.ofGib(10), NetworkMode.NONE, false);
    return new ContainerRequest(
        Optional.empty(),
        spec,
        sandbox,
        false,
        false,
        Signal.TERM,
        Duration.ofSeconds(1),
        autoRemove,
        RestartPolicy.NEVER,
        Optional.empty(),
        LogLimits.DEFAULT,
        Map.of(),
        "{}");
  }
}
