package caisson.it.agent;

import caisson.base.ByteSize;
import caisson.guest.protocol.Command;
import caisson.guest.protocol.ContainerUsage;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.Stream;
import caisson.images.LocalImages;
import caisson.linux.DurableFiles;
import caisson.rootfs.WritableDisk;
import caisson.testkit.BusyboxImage;
import caisson.testkit.Tar;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentProcess;
import caisson.vmm.agent.AgentTimeouts;
import caisson.vmm.agent.ProcessEnd;
import caisson.vmm.agent.ProcessListener;
import caisson.vmm.qemu.QemuConfig;
import caisson.vmm.qemu.QemuVm;
import caisson.vmm.qemu.QemuVmm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** One machine and its agent, which tests ask for one container after the other. */
final class GuestMachine implements AutoCloseable {
  static final String WRITABLE = "writable";

  private final Path directory;
  private final QemuVm vm;
  private final Agent agent;

  /** Further processes take the numbers between. */
  private static final int NUMBERS_EACH = 1000;

  private Command.Configure configuration = configuration(List.of());
  private int containers;

  static GuestMachine open() throws IOException {
    return new GuestMachine(Files.createTempDirectory("gm"));
  }

  private GuestMachine(Path directory) throws IOException {
    this.directory = directory;
    var install = Path.of(System.getProperty("caisson.install", ""));
    var config =
        QemuConfig.of(install, directory.resolve("run"), directory.resolve("cache"), true)
            .withoutClones();
    var spec =
        new VmSpec(VmId.random(), ByteSize.ofMib(512), 2, VmNetwork.NONE, disks(), List.of());
    this.vm = new QemuVmm(config).start(spec);
    this.agent = Agent.of(vm, AgentTimeouts.DEFAULT, failure -> {});
  }

  private List<VmDisk> disks() throws IOException {
    var disks = new ArrayList<VmDisk>();
    var images = LocalImages.open(directory.resolve("images"));
    var archive = new ByteArrayInputStream(BusyboxImage.archive("box:latest", upperLayer()));
    for (var layer : images.layers(images.load(archive, line -> {}).getFirst().id())) {
      disks.add(new VmDisk("layer" + disks.size(), layer, true));
    }
    disks.add(writableDisk(WRITABLE));
    return disks;
  }

  private VmDisk writableDisk(String serial) throws IOException {
    var image = directory.resolve(serial);
    WritableDisk.create(image, ByteSize.ofMib(256));
    return new VmDisk(serial, image, false);
  }

  /** Plugs in a further writable disk. */
  void attachDisk(String serial) throws IOException {
    vm.attach(writableDisk(serial));
  }

  /** Removes some of what is below it, and lays traps. */
  private static byte[] upperLayer() {
    return new Tar()
        .file("home/bob/.wh..wh..opq", "")
        .file("etc/.wh.hostname", "")
        .file("etc/top", "top\n")
        .symlink("escape", "../../../../..")
        .symlink("var/run", "/run")
        .directory("usr/bin/", 0755)
        .member(Tar.Header.of("usr/bin/text", '0').withMode(0755), new byte[] {'n', 'o', '\n'})
        .member(Tar.Header.of("usr/bin/secret", '0').withMode(0700), new byte[] {'#', '!', '\n'})
        .end();
  }

  private static Command.Configure configuration(List<Command.Interface> interfaces) {
    return new Command.Configure(
        "guest", 1_700_000_000_000_000_000L, new byte[0], interfaces, List.of());
  }

  /** Has the agent set these cards up before the next container. */
  void configure(List<Command.Interface> interfaces) {
    configuration = configuration(interfaces);
  }

  /** How a process ended, and what it wrote. */
  record Result(int code, String stdout, String stderr, boolean outOfMemory) {}

  /** A container that runs. */
  record Running(String id, AgentProcess process, Output output) {}

  /** Runs a container to its end and deletes it. */
  Result run(Setup setup) {
    var running = start(setup);
    try {
      return running.output().result();
    } finally {
      delete(running);
    }
  }

  Running start(Setup setup) {
    containers++;
    var output = new Output();
    String id = "c" + containers;
    var process =
        agent.configureAndCreate(
            configuration, setup.container(id, containers * NUMBERS_EACH), output);
    return new Running(id, process, output);
  }

  /** Starts a container and waits until it has written something. */
  Running startAndAwaitOutput(Setup setup) {
    var running = start(setup);
    running.output().awaitFirst();
    return running;
  }

  Result exec(Running container, Setup setup) {
    var output = new Output();
    agent.exec(container.id(), setup.process(), output);
    return output.result();
  }

  void delete(Running container) {
    agent.deleteContainer(container.id());
  }

  void signal(Running container, int signal) {
    agent.signal(container.process(), signal, false);
  }

  void update(Running container, LimitsSetup limits) {
    agent.updateLimits(container.id(), limits);
  }

  ContainerUsage usage(Running container) {
    return agent.usage(container.id());
  }

  /** Collects what a process writes. */
  static final class Output implements ProcessListener {
    private final Map<Stream, ByteArrayOutputStream> streams = new ConcurrentHashMap<>();
    private final CompletableFuture<ProcessEnd> end = new CompletableFuture<>();
    private final CompletableFuture<Stream> first = new CompletableFuture<>();

    @Override
    public void output(Stream stream, byte[] bytes) {
      streams.computeIfAbsent(stream, _ -> new ByteArrayOutputStream()).writeBytes(bytes);
      first.complete(stream);
    }

    /** Waits until it has written something. */
    void awaitFirst() {
      await(first);
    }

    @Override
    public void exited() {}

    @Override
    public void ended(ProcessEnd how) {
      end.complete(how);
      first.completeExceptionally(new AssertionError("it ended and wrote nothing: " + how));
    }

    Result result() {
      return switch (await(end)) {
        case ProcessEnd.Exited(int code, int signal, boolean outOfMemory) ->
            new Result(code, text(Stream.STDOUT), text(Stream.STDERR), outOfMemory);
        case ProcessEnd.Lost(String reason) -> throw new AssertionError(reason);
      };
    }

    private static <T> T await(CompletableFuture<T> future) {
      try {
        return future.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }

    private String text(Stream stream) {
      return streams
          .getOrDefault(stream, new ByteArrayOutputStream())
          .toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws IOException {
    agent.close();
    vm.destroy();
    DurableFiles.deleteTree(directory);
  }
}
