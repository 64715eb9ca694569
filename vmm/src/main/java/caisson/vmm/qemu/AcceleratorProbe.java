package caisson.vmm.qemu;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.guest.protocol.FrameWriter;
import caisson.guest.protocol.Message;
import caisson.guest.protocol.Protocol;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Boots a guest under KVM to see whether it comes up: a /dev/kvm that opens and answers says little
 * where the host is itself a virtual machine.
 */
final class AcceleratorProbe {
  /** Some twenty times what a guest needs on slow hardware with KVM. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final ByteSize MEMORY = ByteSize.ofMib(256);

  /** The smallest thing that makes an agent answer. */
  private static final Message HELLO = new Message.Hello(Protocol.VERSION, 0, 0, List.of());

  private final QemuMachines machines;

  AcceleratorProbe(QemuMachines machines) {
    this.machines = machines;
  }

  /** The verdict of booting the machine {@code id}, which is gone when this returns. */
  Verdict run(VmId id) throws InterruptedException {
    long start = System.nanoTime();
    var spec = new VmSpec(id, MEMORY, 1, VmNetwork.NONE, List.of(), List.of());
    try {
      var vm = machines.start(spec, Accelerator.KVM, Boot.COLD);
      try {
        var outcome = outcome(vm).poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return outcome == null ? tooSlow() : verdict(outcome, System.nanoTime() - start);
      } finally {
        vm.destroy();
      }
    } catch (CaissonException e) {
      return failed("a probe guest did not start on it: " + e.text());
    }
  }

  private static Verdict tooSlow() {
    return failed("a probe guest has not come up on it in " + PATIENCE.toSeconds() + " s");
  }

  private static Verdict verdict(Optional<String> failure, long nanos) {
    return failure
        .map(why -> failed("a probe guest did not come up on it: " + why))
        .orElseGet(() ->
            new Verdict(
                Accelerator.KVM, "a probe guest came up on it in " + nanos / 1_000_000 + " ms"));
  }

  private static Verdict failed(String why) {
    return new Verdict(Accelerator.TCG, "/dev/kvm is there, but " + why);
  }

  /** Empty when the guest's agent says something, a reason when the machine ends before. */
  private static BlockingQueue<Optional<String>> outcome(QemuVm vm) {
    var outcome = new LinkedBlockingQueue<Optional<String>>();
    vm.onExit(reason -> outcome.add(Optional.of(reason)));
    Thread.ofVirtual().name("accelerator-probe").start(() -> greet(vm, outcome));
    return outcome;
  }

  private static void greet(QemuVm vm, BlockingQueue<Optional<String>> outcome) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(vm.agentSocket()));
      channel.write(ByteBuffer.wrap(FrameWriter.ofHost(HELLO)));
      if (channel.read(ByteBuffer.allocate(1)) > 0) {
        outcome.add(Optional.empty());
      }
    } catch (IOException e) {
      // The machine has ended, which is told elsewhere.
    }
  }
}
