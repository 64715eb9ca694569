package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.Descriptor;
import caisson.linux.PidFd;
import caisson.linux.ProcessExits;
import caisson.vmm.VmId;
import caisson.vmm.VmSpec;
import caisson.vmm.qmp.QmpConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Starts, takes over and clears away machines in one run directory. A machine's directory is made
 * before anything else of it and removed after everything else, so that whatever a killed daemon
 * leaves is found by the directory, and by the mark that all its processes bear.
 */
final class QemuMachines {
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /**
   * How long a machine that has no room stands still before it tries again. Between two attempts
   * its guest runs for about a millisecond, which has to do for the agent's answers.
   */
  private static final Duration ROOM = Duration.ofMillis(50);

  private final QemuConfig config;
  private final Path machines;
  private final VmProcesses processes;
  private final Optional<VmUsers> users;
  private final ProcessExits exits;

  /** Machines in {@code machines}. */
  QemuMachines(QemuConfig config, Path machines) {
    this.config = config;
    this.machines = machines;
    this.processes = new VmProcesses(machines);
    this.users = config.users().map(VmUsers::new);
    try {
      this.exits = ProcessExits.start();
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot wait for processes: " + e.getMessage(), e);
    }
  }

  /** Starts a machine; on failure nothing is left. */
  QemuVm start(VmSpec spec, Accelerator accelerator, Boot boot) {
    spec.disks().forEach(QemuDisk::requireSupported);
    new Shares(spec.shares(), users.isPresent()).check();
    var vm = launch(spec, accelerator, boot);
    if (boot instanceof Boot.Clone clone) {
      wake(vm, spec, clone.state());
    }
    return vm;
  }

  private QemuVm launch(VmSpec spec, Accelerator accelerator, Boot boot) {
    var directory = VmDirectory.of(machines, spec.id());
    directory.create();
    var user = users.map(VmUsers::take);
    try {
      directory.console().create();
      var description = QemuLaunch.describe(config, spec, directory, accelerator, boot, user);
      var running = QemuLaunch.start(new Launcher(config.launcher()), description);
      var content = VmRecord.of(running, spec, user);
      directory.write(content);
      return meet(directory, content);
    } catch (RuntimeException e) {
      clear(directory);
      user.ifPresent(this::release);
      throw e;
    }
  }

  /** Lets a clone go on, and shows it the disks that its template did not have. */
  private void wake(QemuVm vm, VmSpec spec, Path state) {
    try (var file = Descriptor.openToRead(state)) {
      vm.restore(file);
      spec.disks().stream().filter(disk -> !QemuDisk.isOnBlockSlot(disk)).forEach(vm::show);
    } catch (CaissonException e) {
      var said = withLastWords(e, VmDirectory.of(machines, spec.id()));
      vm.destroy();
      throw said;
    } catch (IOException e) {
      vm.destroy();
      throw new CaissonException(
          ErrorCode.VM_FAILED, "cannot read the template's state " + state + ": " + e, e);
    }
  }

  /** Connects to a QEMU that was started just now; if that fails, says what QEMU says. */
  private QemuVm meet(VmDirectory directory, VmRecord content) {
    try {
      return connect(directory, content);
    } catch (CaissonException e) {
      VmProcesses.awaitEnd(content.qemu().identity(), LAST_WORDS);
      throw withLastWords(e, directory);
    }
  }

  private static CaissonException withLastWords(CaissonException e, VmDirectory directory) {
    var log = directory.log().tail();
    return new CaissonException(
        e.code(), e.text() + (log.isEmpty() ? "" : "; QEMU says: " + log), e);
  }

  /** Takes over a machine; empty if it is gone, with what was left of it. */
  Optional<QemuVm> adopt(VmId id) {
    var directory = VmDirectory.of(machines, id);
    try {
      var content = directory.read();
      if (content.isPresent() && content.get().qemu().identity().isAlive()) {
        content.get().user().ifPresent(this::keep);
        return Optional.of(connect(directory, content.get()));
      }
    } catch (CaissonException e) {
      // A machine whose QEMU does not answer is of no use to anybody: it is cleared away.
    }
    clear(directory);
    return Optional.empty();
  }

  private QemuVm connect(VmDirectory directory, VmRecord content) {
    var shutdown = new Shutdown();
    var fullDisk = new FullDisk(directory.id().toString(), ROOM);
    var qmp = QmpConnection.connect(directory.qmp(), QemuVm.ANSWER, shutdown.andThen(fullDisk));
    try {
      requireItself(directory, qmp);
      fullDisk.watch(qmp);
      var process = PidFd.open(content.qemu().identity());
      if (process.isEmpty()) {
        throw new CaissonException(ErrorCode.VM_FAILED, "QEMU ended as soon as it was started");
      }
      var end = VmEnd.of(exits, process.get(), () -> lastWords(directory, content, qmp, shutdown));
      return new QemuVm(
          directory,
          content,
          qmp,
          new LateShares(new Launcher(config.launcher()), directory, content),
          fullDisk,
          end,
          () -> content.user().ifPresent(this::release));
    } catch (IOException e) {
      qmp.close();
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot wait for QEMU's end: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      qmp.close();
      throw e;
    }
  }

  private static void requireItself(VmDirectory directory, QmpConnection qmp) {
    var name = qmp.execute("query-name").path("name").asText();
    if (!name.equals(directory.path().toString())) {
      throw new CaissonException(
          ErrorCode.VM_FAILED, "QEMU at " + directory.qmp() + " is of another machine: " + name);
    }
  }

  /** Why the machine's QEMU has ended: what it said over QMP before, or what its log holds. */
  private static String lastWords(
      VmDirectory directory, VmRecord content, QmpConnection qmp, Shutdown shutdown) {
    try {
      qmp.awaitEnd(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    qmp.close();
    var log = directory.log().tail();
    return shutdown
        .reason()
        .orElseGet(() ->
            "its VMM (process %d) ended unexpectedly%s"
                .formatted(content.qemu().pid(), log.isEmpty() ? "" : ": " + log));
  }

  /** Ends all processes of a machine and removes its directory. */
  private void clear(VmDirectory directory) {
    processes.of(directory.id()).forEach(VmProcesses::kill);
    directory.delete();
  }

  private void keep(int uid) {
    users.ifPresent(all -> all.keep(uid));
  }

  private void release(int uid) {
    users.ifPresent(all -> all.release(uid));
  }
}
