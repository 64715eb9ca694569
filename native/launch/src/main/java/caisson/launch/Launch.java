package caisson.launch;

import caisson.launch.spec.Identity;
import caisson.launch.spec.LaunchSpec;
import caisson.launch.spec.Network;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.Namespaces;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One launch: everything it makes is either the running program's or gone when it ends. */
final class Launch {
  private static final int DEFAULT_MTU = 1500;
  private static final int MAX_MESSAGE = 4096;

  private final LaunchSpec spec;
  private final PassedDescriptors passed;
  private final ExecGate gate;
  private final int[] lifeline;
  private final int[] status;
  private Optional<Integer> errorLog = Optional.empty();
  private Optional<Slirp> slirp = Optional.empty();
  private Optional<Integer> child = Optional.empty();

  /** Occupies the numbers that are passed before anything else takes them. */
  Launch(LaunchSpec spec) {
    this.spec = spec;
    this.passed = new PassedDescriptors(spec);
    this.gate = new ExecGate();
    this.lifeline = Descriptors.pipe(Files.O_CLOEXEC);
    this.status = Descriptors.pipe(Files.O_CLOEXEC);
  }

  /**
   * Starts the program and answers the ids of what runs: the program, then slirp4netns if there is
   * one. On failure nothing is left.
   */
  List<Integer> run() {
    try {
      LaunchFailure.during("join the control groups", this::joinCgroups);
      LaunchFailure.during("open what is passed", this::openAll);
      LaunchFailure.during("fork slirp4netns", this::forkSlirp);
      LaunchFailure.during("plug the VM's tap in", this::plugIn);
      LaunchFailure.during("make namespaces", this::makeNamespaces);
      LaunchFailure.during("make the VM's network", this::makeNetwork);
      LaunchFailure.during("fork", this::forkChild);
      LaunchFailure.during("connect the VM's network", this::connectNetwork);
      LaunchFailure.during("execute the program", this::letExecute);
      return processes();
    } catch (LaunchFailure e) {
      undo();
      throw e;
    }
  }

  private List<Integer> processes() {
    List<Integer> processes = new ArrayList<>();
    processes.add(child.orElseThrow());
    slirp.ifPresent(helper -> processes.add(helper.pid()));
    return processes;
  }

  private void joinCgroups() {
    for (String cgroup : spec.confinement().cgroups()) {
      Files.write(cgroup + "/cgroup.procs", "0");
    }
    int adjustment = spec.confinement().oomScoreAdjustment();
    if (adjustment > 0) {
      Files.write("/proc/self/oom_score_adj", String.valueOf(adjustment));
    }
  }

  private void openAll() {
    passed.listen();
    passed.openFiles();
    int flags = Files.O_WRONLY | Files.O_CREAT | Files.O_APPEND | Files.O_NOFOLLOW;
    int log = Files.open(errorLogPath(), flags, 0600);
    errorLog = Optional.of(log);
    Descriptors.truncate(log, spec.errorLogStart());
  }

  private String errorLogPath() {
    return spec.directory() + "/" + spec.errorLog();
  }

  private void forkSlirp() {
    if (spec.network() instanceof Network.User user) {
      slirp = Optional.of(Slirp.fork(user, spec.directory(), lifeline[0], lifeline[1]));
    }
  }

  /** Happens in the launcher's own namespace, where the tap stays. */
  private void plugIn() {
    if (spec.network() instanceof Network.Bridged bridged) {
      openTap(bridged.tap());
      VmNetwork.addPort(bridged.bridge(), bridged.tap());
      VmNetwork.raise(bridged.tap(), bridged.mtu());
    } else if (spec.network() instanceof Network.Given given) {
      int own = Files.open("/proc/self/ns/net", Files.O_RDONLY);
      join(Files.open(given.namespace(), Files.O_RDONLY));
      openTap(given.tap());
      VmNetwork.raise(given.tap(), given.mtu());
      join(own);
    }
  }

  private void openTap(String name) {
    passed.add(VmNetwork.openTap(name));
    VmNetwork.disableIpv6(name);
  }

  private static void join(int namespace) {
    Namespaces.enter(namespace, Namespaces.CLONE_NEWNET);
    Descriptors.close(namespace);
  }

  /** Namespaces that are the whole VM's; those of the program alone come later. */
  private void makeNamespaces() {
    int namespaces = Namespaces.CLONE_NEWNET | Namespaces.CLONE_NEWPID;
    switch (spec.confinement().identity()) {
      case Identity.Dedicated(int _, int _) -> Namespaces.unshare(namespaces);
      case Identity.Caller() -> new UserNamespace().enter(UserNamespace.ROOT, namespaces);
    }
  }

  private void makeNetwork() {
    VmNetwork.disableIpv6("default");
    int mtu = spec.network() instanceof Network.User user ? user.mtu() : DEFAULT_MTU;
    for (int tap = plugged(); tap < spec.network().taps(); tap++) {
      passed.add(VmNetwork.openTap(Network.tap(tap)));
      VmNetwork.raise(Network.tap(tap), mtu);
    }
    if (slirp.isPresent()) {
      slirp.get().start();
      VmNetwork.addBridge(mtu);
      VmNetwork.addPort(VmNetwork.BRIDGE, Network.tap(0));
    }
  }

  /** How many taps are somewhere else. */
  private int plugged() {
    return switch (spec.network()) {
      case Network.Bridged _, Network.Given _ -> 1;
      case Network.Isolated _, Network.User _ -> 0;
    };
  }

  private void forkChild() {
    int pid = Processes.fork();
    if (pid == 0) {
      Descriptors.close(lifeline[0]);
      Descriptors.close(status[0]);
      new ConfinedChild(spec, passed, gate).run(status[1], lifeline[1], errorLog.orElseThrow());
    }
    child = Optional.of(pid);
    gate.leaveToChild();
    passed.close();
    Descriptors.close(lifeline[0]);
    Descriptors.close(lifeline[1]);
    Descriptors.close(status[1]);
  }

  private void connectNetwork() {
    if (spec.network() instanceof Network.User user) {
      slirp.orElseThrow().awaitReady();
      VmNetwork.addPort(VmNetwork.BRIDGE, Slirp.TAP);
      VmNetwork.raise(Slirp.TAP, user.mtu());
    }
  }

  /** The status pipe ends without a word when execve has closed its last writing end. */
  private void letExecute() {
    boolean called = gate.open();
    String message = new String(readStatus(), StandardCharsets.UTF_8);
    if (!message.isEmpty()) {
      throw new LaunchFailure(message);
    }
    if (!called || Processes.reap().isPresent()) {
      throw new LaunchFailure("cannot execute the program: its process was killed");
    }
  }

  private byte[] readStatus() {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    byte[] buffer = new byte[512];
    int length = 1;
    while (length > 0 && message.size() < MAX_MESSAGE) {
      length = Descriptors.read(status[0], buffer, 0, buffer.length);
      message.write(buffer, 0, Math.max(0, length));
    }
    return message.toByteArray();
  }

  private void undo() {
    child.ifPresent(Launch::kill);
    slirp.ifPresent(Slirp::kill);
    passed.removeSockets();
    if (errorLog.isPresent()) {
      Files.remove(errorLogPath());
    }
  }

  private static void kill(int pid) {
    try {
      Processes.kill(pid, Signals.SIGKILL);
      Processes.await(pid);
    } catch (ErrnoException gone) {
      // It has ended and has been waited for.
    }
  }
}
