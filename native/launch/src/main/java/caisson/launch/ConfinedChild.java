package caisson.launch;

import caisson.launch.spec.Identity;
import caisson.launch.spec.LaunchSpec;
import caisson.launch.spec.ResourceLimit;
import caisson.launch.spec.Sharing;
import caisson.libc.Credentials;
import caisson.libc.Descriptors;
import caisson.libc.Limits;
import caisson.libc.Machine;
import caisson.libc.Namespaces;
import caisson.libc.Processes;
import caisson.libc.Signals;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the launcher's child does to itself before it becomes the program. */
final class ConfinedChild {
  /**
   * A limit of one byte means no core dump at all, also to a program in core_pattern, for which a
   * limit of zero would not count (kernel, fs/coredump.c).
   */
  private static final Limits.Limit NO_CORE = new Limits.Limit(1, 1);

  private static final int SIGXFSZ = 25;

  private final LaunchSpec spec;
  private final PassedDescriptors passed;
  private final ExecGate gate;
  private Optional<UserNamespace> ownUsers = Optional.empty();

  ConfinedChild(LaunchSpec spec, PassedDescriptors passed, ExecGate gate) {
    this.spec = spec;
    this.passed = passed;
    this.gate = gate;
  }

  /** Never returns: becomes the program, or says on {@code status} why not and ends. */
  void run(int status, int lifeline, int errorLog) {
    String message;
    try {
      LaunchFailure.during("confine the program", this::isolate);
      LaunchFailure.during(
          "build its root", () -> new JailRoot(spec.jail(), identity()).build(spec.directory()));
      LaunchFailure.during("limit it", this::limit);
      LaunchFailure.during("hand over descriptors", () -> passed.place(lifeline, errorLog));
      LaunchFailure.during("drop privileges", this::dropPrivileges);
      message = execute();
    } catch (LaunchFailure e) {
      message = String.valueOf(e.getMessage());
    }
    Descriptors.writeAll(status, message.getBytes(StandardCharsets.UTF_8));
    Processes.exit(125);
  }

  private Identity identity() {
    return spec.confinement().identity();
  }

  private void isolate() {
    Processes.setParentDeathSignal(Signals.SIGKILL);
    Processes.newSession();
    if (identity() instanceof Identity.Caller) {
      ownUsers = Optional.of(new UserNamespace());
    }
    Namespaces.unshare(
        Namespaces.CLONE_NEWNS
            | Namespaces.CLONE_NEWNET
            | Namespaces.CLONE_NEWIPC
            | Namespaces.CLONE_NEWUTS
            | Namespaces.CLONE_NEWCGROUP);
    Machine.setHostName("vm");
    Machine.setDomainName("");
  }

  private void limit() {
    for (ResourceLimit limit : spec.confinement().limits()) {
      Limits.set(limit.resource().number(), new Limits.Limit(limit.value(), limit.value()));
    }
    Limits.set(Limits.RLIMIT_CORE, NO_CORE);
    // Beyond the limit of file sizes a write fails with EFBIG; it must not end the VM.
    Signals.ignore(SIGXFSZ);
  }

  private void dropPrivileges() {
    // A program that got all capabilities there could use none of them on what was made so far.
    Sharing sharing = spec.confinement().sharing();
    ownUsers.ifPresent(users -> users.enter(numberIn(sharing), 0));
    long kept = sharing.capabilities();
    Credentials.limitBoundingSet(kept);
    Credentials.setAmbient(0);
    Credentials.keepCapabilities(true);
    if (identity() instanceof Identity.Dedicated(int uid, int gid)) {
      Credentials.setGroups();
      Credentials.setGroup(gid);
      Credentials.setUser(uid);
    }
    Credentials.keepCapabilities(false);
    Credentials.setCapabilities(kept, kept, kept);
    Credentials.setAmbient(kept);
    Credentials.setNoNewPrivileges();
    // From here on the gate stands for it: without the launcher there is no execve.
    Processes.setParentDeathSignal(0);
  }

  /** What is shared belongs to the guest's root where everything belongs to one user. */
  private static int numberIn(Sharing sharing) {
    return sharing == Sharing.NONE ? UserNamespace.NOBODY : UserNamespace.ROOT;
  }

  private String execute() {
    var program = spec.program();
    var arguments = spec.resolvedArguments();
    LaunchFailure.during(
        "filter system calls", () -> gate.close(QemuFilter.of(spec.confinement())));
    var refused = Processes.execute(program.path(), arguments, program.environment());
    return "cannot execute the program: " + refused.getMessage();
  }
}
