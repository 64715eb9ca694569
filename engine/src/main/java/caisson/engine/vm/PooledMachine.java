package caisson.engine.vm;

import caisson.vmm.Vm;
import caisson.vmm.agent.Agent;
import java.util.function.Consumer;

/**
 * A machine that waits for its container.
 *
 * @param end told when it dies, before and after it has a container
 */
record PooledMachine(MachinePool.Kind kind, Vm vm, Agent agent, MachineEnd end) {
  /**
   * The machine {@code vm}, which has just been started.
   *
   * @param whenDead told when it dies before it has a container
   */
  static PooledMachine of(
      MachinePool.Kind kind, Vm vm, Rehearsal rehearsal, Consumer<Vm> whenDead) {
    var end = MachineEnd.ofPooled(vm, whenDead);
    return new PooledMachine(kind, vm, Agent.of(vm, rehearsal.timeouts(), end), end);
  }

  void destroy() {
    end.expect();
    vm.destroy();
  }
}
