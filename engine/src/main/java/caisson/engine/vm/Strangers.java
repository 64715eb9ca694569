package caisson.engine.vm;

import caisson.base.CaissonException;
import caisson.vmm.Vm;
import caisson.vmm.VmId;
import caisson.vmm.Vmm;
import caisson.vmm.agent.Agent;
import caisson.vmm.agent.AgentTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * Machines that an earlier daemon left and no container has. The container of one may have ended
 * just then, with files that are not on its disk yet.
 */
record Strangers(Vmm vmm) {
  private static final System.Logger LOG = System.getLogger("caisson.engine");

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final AgentTimeouts TIMEOUTS =
      new AgentTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE);

  /** Has all that answer write their disks, and ends them. */
  void shutDown(Set<VmId> known) {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      vmm.strangers(known).forEach(id -> threads.execute(() -> shutDown(id)));
    }
  }

  private void shutDown(VmId id) {
    try {
      vmm.adopt(id).ifPresent(Strangers::shutDown);
    } catch (CaissonException e) {
      LOG.log(System.Logger.Level.DEBUG, "machine " + id + " is ended: " + e.text());
    }
  }

  private static void shutDown(Vm vm) {
    try {
      vm.resume();
      try (var agent = Agent.adopt(vm, TIMEOUTS, _ -> {}, List.of()).agent()) {
        agent.shutdown();
      }
    } finally {
      vm.destroy();
    }
  }
}
