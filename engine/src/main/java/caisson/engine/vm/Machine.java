package caisson.engine.vm;

import caisson.vmm.Vm;
import caisson.vmm.agent.Agent;
import java.util.Optional;

/**
 * A machine that runs, with all that belongs to it.
 *
 * @param end told when it dies, before and after it has a container
 * @param spare for a container that it does not have yet
 */
record Machine(
    Kind kind, Vm vm, Link link, Agent agent, MachineEnd end, Optional<SpareDisk> spare) {
  Machine(Kind kind, Vm vm, Link link, Agent agent, MachineEnd end) {
    this(kind, vm, link, agent, end, Optional.empty());
  }

  Machine with(SpareDisk disk) {
    return new Machine(kind, vm, link, agent, end, Optional.of(disk));
  }

  void destroy() {
    end.expect();
    vm.destroy();
    link.close();
    spare.ifPresent(SpareDisk::delete);
  }
}
