package caisson.engine.vm;

import caisson.engine.NetworkEndpoint;
import caisson.network.GivenNamespace;
import caisson.network.PortRequest;
import caisson.vmm.Vm;
import caisson.vmm.VmNetwork;
import java.util.List;
import java.util.Optional;

/** What a machine's network card leads to, with all that the host holds for it. */
interface Link extends AutoCloseable {
  /** What the machine is started with. */
  VmNetwork network();

  NetworkEndpoint endpoint();

  /**
   * Publishes ports of the machine, which runs; all or, on failure, none.
   *
   * @throws caisson.base.CaissonException CONFLICT if one of the host's is taken
   */
  void publish(Vm vm, List<PortRequest> requests);

  /**
   * Joins the machine, which runs, to interfaces that are there only when its container starts.
   *
   * @return what the guest has to set on its card; empty if nothing new
   */
  default Optional<GivenNamespace.Interface> join() {
    return Optional.empty();
  }

  /** Gives back what the host holds; the machine is gone. Doing so twice is the same as once. */
  @Override
  void close();
}
