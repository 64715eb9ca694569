package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.BundleKey;
import caisson.engine.BundleLink;
import caisson.engine.BundleRequest;
import caisson.engine.BundleStatus.Phase;
import caisson.engine.BundleStreams;
import caisson.engine.Output.Source;
import caisson.engine.Signal;
import caisson.engine.bundle.LocalBundles;
import caisson.engine.sandbox.RootFiles;
import caisson.engine.sandbox.Uplink;
import caisson.oci.Json;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of bundles' containers, whose monitor is a process that sleeps. */
@Timeout(60)
final class LocalBundlesTest {
  private static final BundleKey KEY = new BundleKey("/run/engine", "one");

  @TempDir Path directory;
  private final FakeSandboxes sandboxes = new FakeSandboxes();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private LocalBundles bundles;
  private Process monitor;

  @BeforeEach
  void open() throws IOException {
    bundles = LocalBundles.open(directory.resolve("state"), sandboxes);
    monitor = new ProcessBuilder("sleep", "600").start();
    Files.createDirectories(directory.resolve("bundle/rootfs"));
  }

  @AfterEach
  void end() {
    bundles.close();
    monitor.destroyForcibly();
  }

  private void create(String spec) {
    var read = Json.read(spec.getBytes(StandardCharsets.UTF_8), Spec.class, "a spec");
    bundles.create(KEY, new BundleRequest(directory.resolve("bundle"), read, monitor.pid()));
  }

  private void create() {
    create("{\"ociVersion\":\"1.0.2\",\"root\":{\"path\":\"rootfs\"}}");
  }

  private FakeSandboxes.Fake machine() {
    return sandboxes.running.values().iterator().next();
  }

  private BundleStreams connect(long stdout) {
    return bundles.connect(KEY, Optional.empty(), new Told(), stdout, 0);
  }

  /** Writes down what a monitor is told. */
  private final class Told implements BundleLink {
    @Override
    public void output(Source source, long offset, byte[] bytes) {
      told.add(source + " " + offset + " " + new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void ended(int code) {
      told.add("ended " + code);
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  private Thread write(String text) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            machine().process.events.output(Source.STDOUT, bytes);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void goesFromCreatedByRunningAndPausedToStopped() throws Exception {
    create("{\"root\":{\"path\":\"rootfs\"},\"linux\":{\"namespaces\":[{\"type\":\"network\"}]}}");
    var request = sandboxes.requests.getFirst();
    assertThat(request.root()).isEqualTo(new RootFiles.OfHost(directory.resolve("bundle/rootfs")));
    assertThat(request.uplink())
        .isEqualTo(new Uplink.OfNamespace(Path.of("/proc/" + monitor.pid() + "/ns/net")));
    assertThat(bundles.status(KEY).phase()).isEqualTo(Phase.CREATED);
    assertThat(bundles.status(KEY).pid()).isEqualTo(monitor.pid());
    bundles.start(KEY);
    assertThatThrownBy(() -> bundles.start(KEY)).hasMessageContaining("been started");
    bundles.pause(KEY);
    assertThat(bundles.status(KEY).phase()).isEqualTo(Phase.PAUSED);
    assertThatThrownBy(() -> bundles.pause(KEY)).hasMessageContaining("not running");
    bundles.resume(KEY);
    var fake = machine();
    bundles.kill(KEY, Signal.TERM, true);
    assertThat(fake.calls).containsExactly("begin", "pause", "unpause", "signal all 15");
    assertThatThrownBy(() -> bundles.delete(KEY, false)).hasMessageContaining("not stopped");
    connect(0);
    fake.process.end(4);
    assertThat(next()).isEqualTo("ended 4");
    assertThat(bundles.status(KEY).phase()).isEqualTo(Phase.STOPPED);
    assertThat(fake.end).isEqualTo("shut down");
    bundles.delete(KEY, false);
    assertThatThrownBy(() -> bundles.status(KEY)).hasMessage("container does not exist");
    assertThat(directory.resolve("state").toFile().list()).isEmpty();
    bundles.delete(KEY, true);
  }

  private static final String HOOKED =
      "{\"root\":{\"path\":\"rootfs\"},\"process\":{\"cwd\":\"/\",\"args\":[\"sh\"],"
          + "\"user\":{\"uid\":3,\"gid\":4}},\"hooks\":{\"startContainer\":[{\"path\":\"/hook\","
          + "\"args\":[\"hook\",\"x\"],\"env\":[\"E=1\"]}],\"poststop\":[{\"path\":\"/later\"}]}}";

  @Test
  void hooksInTheContainerRunBeforeItsProcess() {
    sandboxes.whenExec =
        (_, hook) -> {
          machine().calls.add("hook");
          hook.end(0);
        };
    create(HOOKED);
    assertThat(sandboxes.requests.getFirst().spec().hooks()).isEmpty();
    bundles.start(KEY);
    assertThat(machine().calls).containsExactly("hook", "begin");
    var spec = machine().specs.getFirst();
    assertThat(spec.args()).containsExactly("/hook", "x");
    assertThat(spec.env()).containsExactly("E=1");
    assertThat(spec.user().uid()).isEqualTo(3);
    assertThat(bundles.delete(KEY, true).orElseThrow().hooks().poststop()).hasSize(1);
  }

  @Test
  void whatAHookInTheContainerFailsAtEndsTheContainer() {
    sandboxes.whenExec = (_, hook) -> hook.end(9);
    create(HOOKED);
    var fake = machine();
    assertThatThrownBy(() -> bundles.start(KEY))
        .hasMessageContaining("startContainer hook /hook: exit status 9");
    assertThat(bundles.status(KEY).phase()).isEqualTo(Phase.STOPPED);
    assertThat(fake.calls).isEmpty();
    assertThat(fake.end).isNotEqualTo("running");
  }

  @Test
  void pathsThatNoFileCanHaveAreRefusedBeforeAnythingIsMade() {
    var specs =
        List.of(
            "{\"root\":{\"path\":\"a\\u0000b\"}}",
            "{\"root\":{\"path\":\"rootfs\"},\"linux\":{\"cgroupsPath\":\"/a\\u0000b\"}}",
            "{\"root\":{\"path\":\"rootfs\"},\"mounts\":[{\"destination\":\"/m\",\"source\":\"\\u0000\"}]}");
    for (var spec : specs) {
      assertThatThrownBy(() -> create(spec)).hasMessageContaining("holds a zero byte");
    }
    assertThat(sandboxes.requests).isEmpty();
    assertThat(bundles.list("/run/engine")).isEmpty();
  }

  /** Whatever goes wrong, and not only what is expected to. */
  @Test
  void aCreationThatFailsUnexpectedlyLeavesNothing() {
    sandboxes.beforeStart =
        () -> {
          throw new IllegalStateException("a mistake");
        };
    assertThatThrownBy(this::create).hasMessage("a mistake");
    assertThat(bundles.list("/run/engine")).isEmpty();
    assertThat(directory.resolve("state")).isEmptyDirectory();
  }

  @Test
  void hooksThatCanNeverRunAreRefused() {
    var hooks = "{\"root\":{\"path\":\"rootfs\"},\"hooks\":{\"poststart\":[%s]}}";
    assertThatThrownBy(() -> create(hooks.formatted("{\"path\":\"relative\"}")))
        .hasMessageContaining("hooks.poststart has a path that is not absolute");
    assertThatThrownBy(() -> create(hooks.formatted("{\"path\":\"/a\",\"timeout\":0}")))
        .hasMessageContaining("hooks.poststart has a timeout");
    assertThat(bundles.list("/run/engine")).isEmpty();
  }

  @Test
  void outputIsKeptOnceItIsWrittenAndComesAgainToTheNextLink() throws Exception {
    create();
    var writer = write("hello");
    var first = connect(0);
    assertThat(next()).isEqualTo("STDOUT 0 hello");
    first.written(Source.STDOUT, 2);
    first.disconnected();
    var second = connect(2);
    assertThat(next()).isEqualTo("STDOUT 2 llo");
    assertThat(writer.isAlive()).isTrue();
    second.written(Source.STDOUT, 5);
    writer.join();
    write("!");
    assertThat(next()).isEqualTo("STDOUT 5 !");
  }

  @Test
  void theMachineEndsWithTheMonitor() throws Exception {
    create();
    bundles.start(KEY);
    var fake = machine();
    write("nobody reads this");
    connect(0);
    assertThat(next()).startsWith("STDOUT");
    monitor.destroyForcibly();
    assertThat(next()).isEqualTo("ended 137");
    assertThat(fake.end).isNotEqualTo("running");
    assertThat(bundles.status(KEY).phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void aLaterDaemonTakesOverWhenTheMonitorConnects() throws Exception {
    create();
    bundles.start(KEY);
    bundles.close();
    Files.createDirectories(directory.resolve("state/half"));
    var damaged = Files.createDirectories(directory.resolve("state/damaged"));
    Files.writeString(damaged.resolve("bundle.json"), "{");
    bundles = LocalBundles.open(directory.resolve("state"), sandboxes);
    bundles.recover();
    assertThat(bundles.machines()).containsExactly("vm1");
    assertThat(bundles.status(KEY).phase()).isEqualTo(Phase.RUNNING);
    connect(7);
    assertThat(sandboxes.requests.getLast().streams().stdout()).isEqualTo(7);
    write("x");
    assertThat(next()).isEqualTo("STDOUT 7 x");
  }

  @Test
  void whatADaemonAndItsMonitorLeaveBehindIsClearedAway() throws Exception {
    create();
    bundles.start(KEY);
    bundles.close();
    monitor.destroyForcibly().waitFor();
    Files.delete(directory.resolve("bundle/rootfs"));
    bundles = LocalBundles.open(directory.resolve("state"), sandboxes);
    bundles.recover();
    assertThat(sandboxes.running).isEmpty();
    assertThat(bundles.status(KEY).phase()).isEqualTo(Phase.STOPPED);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new BundleKey("/r", ".."))
        .hasMessageContaining("invalid container ID");
    assertThatThrownBy(() -> create("{}")).hasMessageContaining("root is missing");
    assertThatThrownBy(() -> create("{\"root\":{\"path\":\"nowhere\"}}"))
        .hasMessageContaining("invalid rootfs");
    sandboxes.failure = Optional.of(new CaissonException(ErrorCode.COMMAND_NOT_FOUND, "no"));
    assertThatThrownBy(this::create).hasMessage("no");
    assertThatThrownBy(() -> bundles.status(KEY)).hasMessage("container does not exist");
    sandboxes.failure = Optional.empty();
    create();
    assertThatThrownBy(this::create).hasMessageContaining("already exists");
  }
}
