import caisson.base.ByteSize;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentTimeouts;
import caisson.vmm.qemu.QemuConfig;
import caisson.vmm.qemu.QemuVmm;
import java.nio.file.Path;
import java.util.List;

/** Boots machines one after the other and prints the seconds that each took, a line each. */
final class Boot {
  private Boot() {}

  /** Arguments: how many machines, the installation, a directory for their own. */
  public static void main(String[] arguments) {
    var directory = Path.of(arguments[2]);
    var config =
        QemuConfig.of(
                Path.of(arguments[1]), directory.resolve("run"), directory.resolve("cache"), true)
            .withoutClones();
    try (var vmm = new QemuVmm(config)) {
      boot(vmm);
      for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
        System.out.println(boot(vmm));
      }
    }
  }

  private static double boot(QemuVmm vmm) {
    int cpus = Runtime.getRuntime().availableProcessors();
    var memory = ByteSize.ofMib(2048);
    var spec =
        new VmSpec(VmId.random(), memory, cpus, VmNetwork.NONE, List.of(), List.of());
    long start = System.nanoTime();
    var vm = vmm.start(spec);
    try (var agent = Agent.of(vm, AgentTimeouts.DEFAULT, failure -> {})) {
      agent.ping();
      return (System.nanoTime() - start) / 1e9;
    } finally {
      vm.destroy();
    }
  }
}
