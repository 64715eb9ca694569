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
import caisson.engine.LogQuery;
import caisson.engine.NetworkMode;
import caisson.engine.Output;
import caisson.engine.RestartPolicy;
import caisson.engine.SandboxOptions;
import caisson.engine.Signal;
import caisson.engine.WaitCondition;
import caisson.engine.local.LocalEngine;
import caisson.engine.vm.MachineNetworks;
import caisson.engine.vm.VmSandboxes;
import caisson.images.LocalImages;
import caisson.linux.DurableFiles;
import caisson.testkit.BusyboxImage;
import caisson.vmm.Vmm;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** An engine over real machines, with a busybox image, in directories of its own. */
final class MachineEngine implements AutoCloseable {
  static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

  private static final AttachOptions ALL =
      new AttachOptions(true, true, true, false, Optional.empty());

  private final Path directory;
  private final UnaryOperator<Vmm> around;
  private final Optional<Path> initramfs;
  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final AgentTimeouts timeouts;
  private final LocalImages images;
  private final Digest image;
  private Engine engine;

  /** Makes everything below a new directory under {@code /tmp}. */
  static MachineEngine open() throws IOException {
    var directory = Files.createTempDirectory("me");
    return new MachineEngine(directory, vmm -> vmm);
  }

  /** One whose channels to the agents are cut again and again, after at most so many bytes. */
  static MachineEngine openCut(long seed, int most) throws IOException {
    var directory = Files.createTempDirectory("me");
    return new MachineEngine(directory, vmm -> new CutVmm(vmm, directory, seed, most));
  }

  /** One whose guests have another initramfs until they are mended, and not long to come up. */
  static MachineEngine openBroken(Path initramfs, Duration boot) throws IOException {
    var directory = Files.createTempDirectory("me");
    var usual = AgentTimeouts.DEFAULT;
    var timeouts = new AgentTimeouts(boot, usual.reconnect(), usual.answer(), usual.reaction());
    return new MachineEngine(directory, vmm -> vmm, Optional.of(initramfs), timeouts);
  }

  private MachineEngine(Path directory, UnaryOperator<Vmm> around) {
    this(directory, around, Optional.empty(), AgentTimeouts.DEFAULT);
  }

  private MachineEngine(
      Path directory, UnaryOperator<Vmm> around, Optional<Path> initramfs, AgentTimeouts timeouts) {
    this.directory = directory;
    this.around = around;
    this.initramfs = initramfs;
    this.timeouts = timeouts;
    this.images = LocalImages.open(directory.resolve("data/images"));
    var archive = new ByteArrayInputStream(BusyboxImage.archive("box:latest"));
    this.image = images.load(archive, line -> {}).getFirst().id();
    this.engine = openEngine();
  }

  /** Whether the guests of machines that start from now on have their own, other initramfs. */
  void setBroken(boolean value) {
    broken.set(value);
  }

  private Engine openEngine() {
    var sandboxes = new VmSandboxes(around.apply(vmm()), images, MachineNetworks.USER, timeouts);
    return LocalEngine.open(directory.resolve("data"), sandboxes);
  }

  private Vmm vmm() {
    var usual = config();
    var vmm = new QemuVmm(usual);
    return initramfs.isEmpty()
        ? vmm
        : new MixedVmm(vmm, new QemuVmm(with(usual, initramfs.get())), broken);
  }

  private QemuConfig config() {
    return QemuConfig.of(
        Path.of(System.getProperty("caisson.install", "")),
        directory.resolve("run"),
        directory.resolve("cache"),
        true);
  }

  private static QemuConfig with(QemuConfig usual, Path initramfs) {
    return new QemuConfig(
        usual.launcher(),
        usual.kernel(),
        initramfs,
        usual.qemu(),
        usual.slirp(),
        usual.runDirectory(),
        usual.cacheDirectory(),
        usual.users(),
        usual.accelerator(),
        false);
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
  record Wishes(
      boolean terminal,
      boolean openStdin,
      Privileges privileges,
      long memory,
      NetworkMode network) {
    static final Wishes NONE = new Wishes(false, false, Privileges.USUAL, 0, NetworkMode.NONE);
    static final Wishes STDIN = new Wishes(false, true, Privileges.USUAL, 0, NetworkMode.NONE);
    static final Wishes TERMINAL = new Wishes(true, true, Privileges.USUAL, 0, NetworkMode.NONE);
    static final Wishes NETWORK = new Wishes(false, false, Privileges.USUAL, 0, NetworkMode.USER);
    static final Wishes PRIVILEGED = new Wishes(false, false, Privileges.ALL, 0, NetworkMode.NONE);

    static Wishes memory(ByteSize limit) {
      return new Wishes(false, false, Privileges.USUAL, limit.bytes(), NetworkMode.NONE);
    }
  }

  /** What a container's root may do. */
  enum Privileges {
    USUAL,
    /** All capabilities, and nothing is masked or read-only. */
    ALL
  }

  ContainerId create(Wishes wishes, String... command) throws IOException {
    var sandbox = new SandboxOptions(image, "box", ByteSize.ofGib(10), wishes.network(), false);
    var spec = Specs.container(wishes, command);
    var id = ContainerId.random();
    engine
        .containers()
        .create(
            id,
            new ContainerRequest(
                Optional.empty(),
                spec,
                sandbox,
                wishes.openStdin(),
                true,
                Signal.TERM,
                Duration.ofSeconds(10),
                false,
                RestartPolicy.NEVER,
                Optional.empty(),
                LogLimits.DEFAULT,
                Map.of(),
                "{}"));
    return id;
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
    var request = new ExecRequest(Specs.process(Wishes.NONE, command), false, "");
    var id = engine.execs().create(container, request);
    try (var attachment = engine.execs().start(id, ALL)) {
      return result(attachment, "", () -> engine.execs().inspect(id).exitCode().orElseThrow());
    }
  }

  /** All that a container ever wrote. */
  String log(ContainerId id) throws InterruptedException {
    var query =
        new LogQuery(true, true, OptionalInt.empty(), Optional.empty(), Optional.empty(), false);
    var text = new ByteArrayOutputStream();
    try (var reader = engine.containers().logs(id, query)) {
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        text.writeBytes(entry.get().bytes());
      }
    }
    return text.toString(StandardCharsets.UTF_8);
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
    engine.containers().list().forEach(c -> engine.containers().remove(c.id(), true, true));
    var leaks = engine.leaks();
    engine.close();
    DurableFiles.deleteTree(directory);
    if (!leaks.isEmpty()) {
      throw new AssertionError("left over: " + leaks);
    }
  }
}
