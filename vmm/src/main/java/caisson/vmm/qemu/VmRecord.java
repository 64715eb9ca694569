package caisson.vmm.qemu;

import caisson.linux.ProcessIdentity;
import caisson.vmm.VmNetwork;
import java.util.List;
import java.util.Optional;

/**
 * What a later daemon has to know of a running machine, as JSON in its directory.
 *
 * @param companions processes that end after QEMU has: slirp4netns
 * @param uid QEMU's own user; 0 if it runs as the daemon's
 */
record VmRecord(Held qemu, List<Held> companions, VmNetwork network, int uid) {
  VmRecord {
    companions = List.copyOf(companions);
  }

  static VmRecord of(QemuLaunch.Running running, VmNetwork network, Optional<Integer> user) {
    var companions = running.companions().stream().map(Held::of).toList();
    return new VmRecord(Held.of(running.qemu()), companions, network, user.orElse(0));
  }

  Optional<Integer> user() {
    return uid == 0 ? Optional.empty() : Optional.of(uid);
  }

  /** A process's number and start time. */
  record Held(long pid, long startTicks) {
    static Held of(ProcessIdentity process) {
      return new Held(process.pid(), process.startTicks());
    }

    ProcessIdentity identity() {
      return new ProcessIdentity(pid, startTicks);
    }
  }
}
