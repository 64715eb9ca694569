package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import caisson.engine.Container;
import caisson.engine.ContainerState;
import caisson.engine.Engine;
import caisson.engine.NetworkMode;
import caisson.engine.Output.Source;
import caisson.engine.Volume;
import caisson.engine.sandbox.ProcessEvents;
import caisson.network.HostAddress;
import caisson.oci.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an earlier build has written is read by this one and by all to come: {@code records-0.1} was
 * written by a daemon of version 0.1 and is never changed. A later form gets a directory of its
 * own.
 */
final class EarlierRecordsTest {
  private static final String RECORDS = "records-0.1";

  /** What containers' records have not always had. */
  private static final Set<String> LATER =
      Set.of("ports", "groups", "names", "restart", "health", "labels");

  @TempDir private Path root;
  private final FakeSandboxes sandboxes = new FakeSandboxes();

  @BeforeEach
  void copy() throws IOException, URISyntaxException {
    var golden = Objects.requireNonNull(EarlierRecordsTest.class.getResource(RECORDS));
    var from = Path.of(golden.toURI());
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var to = root.resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    for (var vm : List.of("03fa7d548caf3a3f", "dadd20285a932fa5")) {
      sandboxes.running.put(vm, sandboxes.new Fake(vm, new EventIgnorer()));
    }
  }

  private record EventIgnorer() implements ProcessEvents {
    @Override
    public void output(Source source, byte[] bytes) {}

    @Override
    public void exited() {}

    @Override
    public void ended(End end) {}
  }

  private static Container named(Engine engine, String name) {
    return engine.containers().inspect(engine.containers().resolve(name));
  }

  @Test
  void everythingIsAsItWas() throws IOException {
    assertOpens();
  }

  private void assertOpens() throws IOException {
    try (var engine = LocalEngine.open(root, sandboxes)) {
      assertThat(engine.containers().list()).hasSize(4);
      assertThat(named(engine, "running").state()).isInstanceOf(ContainerState.Running.class);
      assertThat(named(engine, "paused").state()).isInstanceOf(ContainerState.Paused.class);
      assertThat(named(engine, "ended").state())
          .isInstanceOfSatisfying(
              ContainerState.Exited.class, it -> assertThat(it.code()).isEqualTo(7));
      assertThat(engine.volumes().list().stream().map(Volume::name)).contains("data").hasSize(2);
      assertWhole(named(engine, "made"));
    }
  }

  private static void assertWhole(Container made) {
    assertThat(made.state()).isInstanceOf(ContainerState.Created.class);
    var request = made.request();
    var sandbox = request.sandbox();
    assertThat(sandbox.network()).isEqualTo(NetworkMode.BRIDGE);
    assertThat(sandbox.groups()).containsExactly("staff");
    assertThat(sandbox.names().servers()).containsExactly("192.0.2.1");
    assertThat(
            sandbox.ports().stream()
                .map(it -> it.port() + " " + it.address().map(HostAddress::text).orElse("any")))
        .containsExactlyInAnyOrder("80/tcp any", "53/udp 2001:db8::1");
    assertThat(request.restart().toString()).contains("3");
    assertThat(request.health()).isPresent();
    assertThat(request.labels()).containsEntry("l", "1");
    assertThat(request.stopSignal().number()).isEqualTo(2);
    assertThat(request.stopGrace()).hasSeconds(3);
    assertThat(request.logLimits().files()).isEqualTo(2);
    assertThat(request.spec().process().orElseThrow().env()).contains("A=b");
    assertThat(request.spec().linux().orElseThrow().seccomp()).isPresent();
    assertThat(request.frontEnd()).contains("\"Image\":\"caisson/demo\"");
  }

  @Test
  void whatARecordHasNotYetIsWhatItWasWithoutIt() throws IOException {
    for (var file : containers()) {
      var json = object(file);
      json.remove(LATER);
      Files.write(file, Json.MAPPER.writeValueAsBytes(json));
    }
    try (var engine = LocalEngine.open(root, sandboxes)) {
      assertThat(engine.containers().list()).hasSize(4);
      var made = named(engine, "made").request();
      assertThat(made.sandbox().ports()).isEmpty();
      assertThat(made.sandbox().groups()).isEmpty();
      assertThat(made.health()).isEmpty();
      assertThat(named(engine, "running").state()).isInstanceOf(ContainerState.Running.class);
    }
  }

  @Test
  void whatALaterBuildHasAddedIsPassedOver() throws IOException {
    var all = new ArrayList<>(containers());
    all.add(root.resolve("volumes/data/volume.json"));
    for (var file : all) {
      var json = object(file).put("later", "1");
      json.putObject("laterStill").put("deep", true);
      Files.write(file, Json.MAPPER.writeValueAsBytes(json));
    }
    var journal = root.resolve("journal");
    Files.write(
        journal,
        Files.readAllLines(journal).stream()
            .map(line -> line.replace("{\"state\"", "{\"later\":{\"a\":[1]},\"state\""))
            .toList());
    assertOpens();
  }

  private static ObjectNode object(Path file) throws IOException {
    return (ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(file));
  }

  private List<Path> containers() throws IOException {
    try (var directories = Files.list(root.resolve("containers"))) {
      return directories.map(it -> it.resolve("container.json")).toList();
    }
  }
}
