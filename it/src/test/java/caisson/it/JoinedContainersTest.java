package caisson.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bundles whose containers join the namespaces of another one, without any engine. */
@Timeout(120)
final class JoinedContainersTest {
  private static final String WEB = "web";
  private static final String SIDE = "side";

  @TempDir Path directory;
  private Daemon daemon;
  private Bundle web;
  private Bundle side;

  @BeforeEach
  void start() throws IOException {
    daemon = Daemon.start();
    web = Bundle.make(daemon, Files.createDirectory(directory.resolve(WEB)), "sleep", "1000");
    side = Bundle.make(daemon, Files.createDirectory(directory.resolve(SIDE)), "hostname");
    web.change(spec -> spec.put("hostname", "of-web"));
    side.change(spec -> spec.remove("hostname"));
  }

  @AfterEach
  void end() {
    web.runtime("delete", "--force", WEB).run().ok();
    daemon.close();
  }

  private void startWeb() throws IOException {
    web.create(WEB).ok();
    web.runtime("start", WEB).run().ok();
  }

  private void join(String... types) throws IOException {
    var monitor = Files.readString(web.pidFile()).strip();
    for (var type : types) {
      var file = type.equals("network") ? "net" : type;
      side.change(spec -> namespace(spec, type).put("path", "/proc/" + monitor + "/ns/" + file));
    }
  }

  private static ObjectNode namespace(ObjectNode spec, String type) {
    for (var namespace : spec.withObject("/linux").withArray("namespaces")) {
      if (namespace.path("type").asText().equals(type)) {
        return (ObjectNode) namespace;
      }
    }
    throw new AssertionError("no " + type + " namespace");
  }

  private void refused(String reason) {
    var result = side.of("run", SIDE).run();
    assertThat(result.code()).as(result.toString()).isEqualTo(1);
    assertThat(result.err()).contains(reason);
    assertThat(daemon.machines()).hasSize(1);
  }

  @Test
  void oneRunsInTheMachineOfTheOther() throws IOException {
    startWeb();
    join("network", "uts");
    assertThat(side.of("run", SIDE).run().ok().out()).isEqualTo("of-web");
    assertThat(daemon.machines()).hasSize(1);
    side.command("sh", "-c", "exit 9");
    assertThat(side.of("run", SIDE).run().code()).isEqualTo(9);
  }

  @Test
  void theMachineLivesAsLongAsAnyOfThem() throws IOException {
    startWeb();
    join("network", "uts");
    side.command("sleep", "1000");
    side.create(SIDE).ok();
    side.runtime("start", SIDE).run().ok();
    web.runtime("delete", "--force", WEB).run().ok();
    assertThat(side.runtime("exec", SIDE, "hostname").run().ok().out()).isEqualTo("of-web");
    side.runtime("delete", "--force", SIDE).run().ok();
    assertThat(daemon.machines()).isEmpty();
  }

  @Test
  void whatCannotBeIsRefusedAndLeavesTheOtherAlone() throws IOException {
    startWeb();
    join("ipc");
    refused("it joins container web and not its network");
    join("network");
    side.change(spec -> spec.withObject("/linux/resources/memory").put("limit", 1L << 40));
    refused("a memory limit of 1099511627776 bytes does not fit into the machine");
    side.change(spec -> spec.withObject("/linux/resources").remove("memory"));
    side.command("/nosuch");
    refused("/nosuch");
    side.change(spec -> {
      spec.withObject("/annotations").put("io.kubernetes.cri.container-type", "container");
      spec.withObject("/annotations").put("io.kubernetes.cri.sandbox-id", "nobody");
    });
    refused("its pod's sandbox nobody does not run");
    assertThat(web.runtime("exec", WEB, "hostname").run().ok().out()).isEqualTo("of-web");
  }

  @Test
  void theFilesOfOneThatEndedAreTakenAway() throws IOException {
    startWeb();
    join("network", "uts");
    side.command("sh", "-c", "echo mine > /written");
    side.of("run", SIDE).run().ok();
    assertThat(side.root().resolve("written")).hasContent("mine");
    long qemu = Long.parseLong(daemon.machines().getFirst().replaceAll(" .*", ""));
    var mounts = Files.readString(Path.of("/proc/" + qemu + "/mountinfo"));
    assertThat(mounts).contains("/vm/shares/share0").doesNotContain("/vm/shares/late");
  }
}
