package caisson.it.engine;

import caisson.base.ByteSize;
import caisson.base.ContainerId;
import caisson.base.Digest;
import caisson.engine.AttachOptions;
import caisson.engine.Attachment;
import caisson.engine.ContainerRequest;
import caisson.engine.Engine;
import caisson.engine.ExecRequest;
import caisson.engine.ExitWatch;
import caisson.engine.LogLimits;
import caisson.engine.NetworkMode;
import caisson.engine.Output;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.engine.WaitCondition;
import caisson.engine.local.LocalEngine;
import caisson.engine.vm.VmSandboxes;
import caisson.images.LocalImages;
import caisson.linux.DurableFiles;
import caisson.oci.Json;
import caisson.oci.runtime.ProcessSpec;
import caisson.oci.runtime.Spec;
import caisson.testkit.BusyboxImage;
import caisson.vmm.agent.AgentTimeouts;
import caisson.vmm.qemu.QemuConfig;
import caisson.vmm.qemu.QemuVmm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An engine over real machines, with a busybox image, in directories of its own. */
final class MachineEngine implements AutoCloseable {
  static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

  private static final AttachOptions ALL =
      new AttachOptions(true, true, true, false, Optional.empty());

  private final Path directory;
  private final LocalImages images;
  private final Digest image;
  private Engine engine;

  /** Makes everything below a new directory under {@code /tmp}. */
  static MachineEngine open() throws IOException {
    return new MachineEngine(Files.createTempDirectory("me"));
  }

  private MachineEngine(Path directory) {
    this.directory = directory;
    this.images = LocalImages.open(directory.resolve("data/images"));
    var archive = new ByteArrayInputStream(BusyboxImage.archive("box:latest"));
    this.image = images.load(archive, line -> {}).getFirst().id();
    this.engine = openEngine();
  }

  private Engine openEngine() {
    var install = Path.of(System.getProperty("caisson.install", ""));
    var config = QemuConfig.of(install, directory.resolve("run"), directory.resolve("cache"), true);
    var sandboxes = new VmSandboxes(new QemuVmm(config), images, AgentTimeouts.DEFAULT);
    return LocalEngine.open(directory.resolve("data"), sandboxes);
  }

  Engine engine() {
    return engine;
  }

  /** Closes the engine and opens another, as a restarted daemon does. */
  void reopen() {
    engine.close();
    engine = openEngine();
  }

  /** What a test may want of a container beside its command. */
  record Wishes(boolean terminal, boolean openStdin, NetworkMode network) {
    static final Wishes NONE = new Wishes(false, false, NetworkMode.NONE);
    static final Wishes STDIN = new Wishes(false, true, NetworkMode.NONE);
    static final Wishes TERMINAL = new Wishes(true, true, NetworkMode.NONE);
  }

  ContainerId create(Wishes wishes, String... command) throws IOException {
    var sandbox = new SandboxOptions(image, "box", ByteSize.ofGib(10), wishes.network(), false);
    var spec = spec(process(wishes.terminal(), command));
    return engine
        .containers()
        .create(
            new ContainerRequest(
                Optional.empty(),
                spec,
                sandbox,
                wishes.openStdin(),
                true,
                Signal.TERM,
                Duration.ofSeconds(10),
                false,
                LogLimits.DEFAULT,
                Map.of(),
                "{}"));
  }

  private static Spec template() throws IOException {
    try (var in = MachineEngine.class.getResourceAsStream("spec.json")) {
      return Json.read(Objects.requireNonNull(in).readAllBytes(), Spec.class, "spec.json");
    }
  }

  private static Spec spec(ProcessSpec process) throws IOException {
    var spec = template();
    return new Spec(
        spec.ociVersion(),
        Optional.of(process),
        spec.root(),
        spec.hostname(),
        spec.domainname(),
        spec.mounts(),
        spec.hooks(),
        spec.annotations(),
        spec.linux());
  }

  /** The template's process with another command. */
  static ProcessSpec process(boolean terminal, String... command) throws IOException {
    var process = template().process().orElseThrow();
    return new ProcessSpec(
        terminal,
        process.consoleSize(),
        process.cwd(),
        process.env(),
        List.of(command),
        process.rlimits(),
        process.apparmorProfile(),
        process.capabilities(),
        process.noNewPrivileges(),
        process.oomScoreAdj(),
        process.selinuxLabel(),
        process.user());
  }

  /** How a process ended, and what it wrote. */
  record Result(int code, String stdout, String stderr) {}

  /** Runs a container to its end. */
  Result run(Wishes wishes, String stdin, String... command)
      throws IOException, InterruptedException {
    var id = create(wishes, command);
    try (var attachment = engine.containers().attach(id, ALL)) {
      engine.containers().start(id);
      return result(attachment, stdin, () -> awaitExit(id).code());
    }
  }

  /** Runs a further process to its end. */
  Result exec(ContainerId container, String... command) throws IOException, InterruptedException {
    var request = new ExecRequest(process(false, command), false, "");
    var id = engine.execs().create(container, request);
    try (var attachment = engine.execs().start(id, ALL)) {
      return result(attachment, "", () -> engine.execs().inspect(id).exitCode().orElseThrow());
    }
  }

  ExitWatch.Exit awaitExit(ContainerId id) throws InterruptedException {
    try (var watch = engine.containers().watch(id, WaitCondition.NOT_RUNNING)) {
      return watch.await(LONG_ENOUGH).orElseThrow();
    }
  }

  /** Asked for when the output has ended. */
  private interface ExitCode {
    int get() throws InterruptedException;
  }

  private static Result result(Attachment attachment, String stdin, ExitCode code)
      throws InterruptedException {
    Thread.ofVirtual()
        .start(() -> {
          var bytes = stdin.getBytes(StandardCharsets.UTF_8);
          try {
            attachment.write(bytes, 0, bytes.length);
            attachment.closeStdin();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    var stdout = new ByteArrayOutputStream();
    var stderr = new ByteArrayOutputStream();
    for (var next = attachment.read(); next.isPresent(); next = attachment.read()) {
      var to = next.get().source() == Output.Source.STDOUT ? stdout : stderr;
      to.writeBytes(next.get().bytes());
    }
    return new Result(
        code.get(),
        stdout.toString(StandardCharsets.UTF_8),
        stderr.toString(StandardCharsets.UTF_8));
  }

  /** Removes all containers; fails if anything is left of their machines. */
  @Override
  public void close() throws IOException {
    engine.containers().list().forEach(c -> engine.containers().remove(c.id(), true));
    var leaks = engine.leaks();
    engine.close();
    DurableFiles.deleteTree(directory);
    if (!leaks.isEmpty()) {
      throw new AssertionError("left over: " + leaks);
    }
  }
}
