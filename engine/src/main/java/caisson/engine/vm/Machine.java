package caisson.engine.vm;

import caisson.vmm.Vm;
import caisson.vmm.agent.Agent;

/**
 * A machine that runs, with all that belongs to it.
 *
 * @param end told when it dies, before and after it has a container
 */
record Machine(Kind kind, Vm vm, Link link, Agent agent, MachineEnd end) {
  void destroy() {
    end.expect();
    vm.destroy();
    link.close();
  }
}
