package caisson.engine.vm;

import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmShare;
import caisson.vmm.VmSpec;
import caisson.vmm.Vmm;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentTimeouts;
import java.util.List;
import java.util.function.Function;

/** Starts machines, each with what its network card leads to. */
record MachineStarter(Vmm vmm, MachineNetworks networks, AgentTimeouts timeouts) {
  /**
   * Starts the machine {@code id}; on failure nothing is left.
   *
   * @param ends says who is told of its end
   */
  Machine start(
      VmId id, Kind kind, List<VmDisk> disks, List<VmShare> shares, Function<Vm, MachineEnd> ends) {
    var link = networks.open(id, kind.uplink());
    try {
      var vm = vmm.start(new VmSpec(id, kind.memory(), kind.cpus(), link.network(), disks, shares));
      var end = ends.apply(vm);
      return new Machine(kind, vm, link, Agent.of(vm, timeouts, end), end);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Whether there is a template for machines of this kind. */
  boolean clones(Kind kind) {
    return vmm.clones(
        new VmSpec(
            VmId.random(), kind.memory(), kind.cpus(), VmNetwork.NONE, List.of(), List.of()));
  }
}
