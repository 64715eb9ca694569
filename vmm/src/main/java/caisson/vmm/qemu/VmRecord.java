package caisson.vmm.qemu;

import caisson.linux.ProcessIdentity;
import caisson.vmm.GuestAddress;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a later daemon has to know of a running machine, as JSON in its directory.
 *
 * @param companions processes that end after QEMU has: slirp4netns
 * @param cards what the guest has to set on its network cards
 * @param uid QEMU's own user; 0 if it runs as the daemon's
 */
record VmRecord(Held qemu, List<Held> companions, List<GuestAddress> cards, int uid) {
  VmRecord {
    companions = List.copyOf(companions);
    cards = List.copyOf(cards);
  }

  static VmRecord of(QemuLaunch.Running running, VmSpec spec, Optional<Integer> user) {
    var companions = running.companions().stream().map(Held::of).toList();
    return new VmRecord(Held.of(running.qemu()), companions, cards(spec), user.orElse(0));
  }

  private static List<GuestAddress> cards(VmSpec spec) {
    return switch (spec.network()) {
      case VmNetwork.None _, VmNetwork.Namespace _ -> List.of();
      case VmNetwork.User() -> List.of(behindSlirp(Mac.of(spec.id(), 0)));
      case VmNetwork.Bridge(var _, var _, var address) -> List.of(address);
    };
  }

  /** As slirp4netns has it: 10.0.2.100 behind 10.0.2.2, which answers names at 10.0.2.3. */
  private static GuestAddress behindSlirp(String mac) {
    return new GuestAddress(
        "eth0",
        mac,
        "10.0.2.100/24",
        QemuLaunch.MTU,
        "10.0.2.2",
        List.of("10.0.2.3"),
        Optional.empty());
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
